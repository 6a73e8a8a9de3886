import type { Buildspec, CommandPhase } from '../buildspec/model.ts'
import { nextPhase, type PhaseOutcome, succeeding } from '../buildspec/phaseFlow.ts'
import type { BuildLog } from './buildLog.ts'
import { exportLines } from './driver.ts'
import type { BuildShell } from './shell.ts'

/** Runs INSTALL to POST_BUILD in the order that the flow decides. True where the build still succeeds. */
export async function runCommandPhases(around: {
  buildspec: Buildspec
  shell: BuildShell
  log: BuildLog
  signal: AbortSignal
  enter(phase: CommandPhase): void
  leave(phase: CommandPhase, failure: string | undefined): void
}): Promise<boolean> {
  const { buildspec, signal } = around
  const attempts: PhaseOutcome[] = []
  const policy = (phase: CommandPhase) => buildspec.phases[phase]?.onFailure ?? { kind: 'default' as const }
  for (;;) {
    const next = nextPhase(policy, attempts)
    if (next.kind === 'upload') return succeeding(attempts)
    // A retried phase keeps one record: it is entered once and left with its last attempt.
    if (next.attempt === 1) around.enter(next.phase)
    else around.log.say(`Retrying phase ${next.phase}: attempt ${next.attempt}`)
    const failure = await runPhase(next.phase, succeeding(attempts), around)
    if (signal.aborted) throw signal.reason
    attempts.push(failure === undefined ? { phase: next.phase } : { phase: next.phase, failure })
    const following = nextPhase(policy, attempts)
    if (following.kind === 'upload' || following.phase !== next.phase) around.leave(next.phase, failure)
  }
}

type Around = Parameters<typeof runCommandPhases>[0]

/** Runs a phase once; gives the message of its first failure. */
async function runPhase(phase: CommandPhase, succeedingSoFar: boolean, around: Around): Promise<string | undefined> {
  const spec = around.buildspec.phases[phase]
  if (!spec) return undefined
  const state = { CODEBUILD_BUILD_SUCCEEDING: succeedingSoFar ? '1' : '0' }
  // It is 1 from the start; only a change is worth a command of ours.
  if (!succeedingSoFar && around.buildspec.version !== '0.1') await around.shell.run(exportLines(state))
  const failure = await runCommands(spec.commands, state, around)
  const last = await runCommands(spec.finally, state, around)
  return failure ?? last
}

async function runCommands(
  commands: readonly string[],
  state: Readonly<Record<string, string>>,
  around: Around,
): Promise<string | undefined> {
  const { shell, log, signal, buildspec } = around
  for (const command of commands) {
    if (signal.aborted) return undefined
    // Version 0.1 runs each command in a shell of its own.
    if (buildspec.version === '0.1') shell.reset(state)
    log.say(`Running command ${command}`)
    const code = await shell.run(command)
    log.endLine()
    if (signal.aborted || code === 0) continue
    log.say(`Command did not exit successfully ${command} exit status ${code}`)
    return `Error while executing command: ${command}. Reason: exit status ${code}`
  }
  return undefined
}
