import { join } from 'node:path'
import { messageOf } from '../../../../base/failure.ts'
import { AwsError } from '../../../server/awsError.ts'
import type { Caller } from '../../../server/operation.ts'
import type { Buildspec } from '../buildspec/model.ts'
import type { EndStatus } from '../model.ts'
import type { Progress } from '../progress.ts'
import { assumeServiceRole } from '../serviceRole.ts'
import { type BuildLog, buildLog } from './buildLog.ts'
import { runCommandPhases } from './commandPhases.ts'
import type { RunContext } from './context.ts'
import { finish } from './finish.ts'
import { Interruption, PhaseFailure } from './phaseFailure.ts'
import { endPhase, enterPhase, phase } from './phases.ts'
import { prepare } from './prepare.ts'
import { askShell, type ShellValues } from './shellValues.ts'
import { makeWorkspace, type Workspace } from './workspace.ts'

/** How long processes have to end by themselves when a build is stopped. */
const stopGrace = 5_000

/**
 * Runs one build from PROVISIONING to COMPLETED. Never throws: what goes wrong becomes the build's own end. `signal`'s
 * reason is an {@link Interruption}.
 */
export async function runBuild(progress: Progress, context: RunContext, signal: AbortSignal): Promise<void> {
  const { uuid } = progress.record
  let workspace: Workspace | undefined
  let log: BuildLog | undefined
  let status: EndStatus
  try {
    const role = await phase('PROVISIONING', progress, undefined, () => provision(progress, context))
    log = openLog(progress, context)
    workspace = makeWorkspace(join(context.directory, uuid), uuid, context.sandbox.kind !== 'none')
    status = (await build(progress, context, workspace, role, log, signal)) ? 'SUCCEEDED' : 'FAILED'
  } catch (error) {
    status = endOf(error, progress, log)
  }
  progress.enter('FINALIZING')
  log?.close()
  try {
    workspace?.remove()
    progress.leave('SUCCEEDED')
  } catch (error) {
    // What is left lies in the build's own directory and harms nobody; the build itself is over.
    progress.leave('FAILED', { statusCode: 'INTERNAL_ERROR', message: messageOf(error) })
  }
  progress.end(status)
}

/** How a build ends that did not come to its end; the phase that it was in says why. */
function endOf(error: unknown, progress: Progress, log: BuildLog | undefined): EndStatus {
  // A phase that failed has ended itself already.
  if (error instanceof PhaseFailure) return 'FAILED'
  const end =
    error instanceof Interruption
      ? error
      : new Interruption('FAULT', {
          statusCode: 'INTERNAL_ERROR',
          message: `The local cloud failed: ${messageOf(error)}`,
        })
  const last = progress.record.phases.at(-1)
  if (last && last.endedAt === undefined) endPhase(last.type, end.status, end.context, progress, log)
  return end.status
}

/** Becomes the service role, and asks whether it may write the log, as CodeBuild does before anything runs. */
function provision({ record }: Progress, { identities, authorize }: RunContext): Caller {
  const role = become(() => assumeServiceRole(identities, record))
  const { group, stream } = record.logs
  const arn = `arn:aws:logs:${record.region}:${record.account}:log-group:${group}:log-stream:${stream}`
  try {
    authorize(role, 'logs:CreateLogStream', arn)
    authorize(role, 'logs:PutLogEvents', arn)
  } catch (error) {
    // UNCONFIRMED in which phase AWS says this.
    throw new PhaseFailure(
      'ACCESS_DENIED',
      `Service role ${record.serviceRole} does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams for build ${record.arn}. Error message: ${messageOf(error)}`,
    )
  }
  return role
}

function become(assume: () => Caller): Caller {
  try {
    return assume()
  } catch (error) {
    if (error instanceof AwsError) throw new PhaseFailure('ACCESS_DENIED', error.message)
    throw error
  }
}

function openLog({ record }: Progress, { logs, clock, sandbox }: RunContext): BuildLog {
  const stream = logs.open(record.account, record.region, record.logs.group, record.logs.stream)
  const log = buildLog({ append: events => stream.append(events), clock })
  log.say(
    sandbox.kind === 'none'
      ? `This build is not isolated from this machine: ${sandbox.reason}`
      : `This build runs in bubblewrap: it sees its own directory and the system's programs. Network: ${sandbox.network === 'machine' ? "this machine's" : 'none but its own loopback'}`,
  )
  return log
}

/** DOWNLOAD_SOURCE to UPLOAD_ARTIFACTS. True where all of it succeeded. */
async function build(
  progress: Progress,
  context: RunContext,
  workspace: Workspace,
  role: Caller,
  log: BuildLog,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) throw signal.reason
  const prepared = await phase('DOWNLOAD_SOURCE', progress, log, () => prepare(progress, context, workspace, role, log))
  const { buildspec, shell } = prepared
  const stopShell = () => void shell.stop(stopGrace)
  signal.addEventListener('abort', stopShell, { once: true })
  let succeeded: boolean
  let values: ShellValues
  try {
    if (signal.aborted) throw signal.reason
    succeeded = await runCommandPhases({
      buildspec,
      shell,
      log,
      signal,
      enter: type => enterPhase(type, progress, log),
      leave(type, failure) {
        const said = failure === undefined ? undefined : { statusCode: 'COMMAND_EXECUTION_ERROR', message: failure }
        endPhase(type, said ? 'FAILED' : 'SUCCEEDED', said, progress, log)
      },
    })
    values = await askShell(shell, workspace, buildspec)
    progress.change({ exportedVariables: exportedFrom(buildspec, values, prepared.secretNames) })
  } finally {
    signal.removeEventListener('abort', stopShell)
    if (signal.aborted) await shell.stop(stopGrace)
    // Nothing of the build runs any more while its files are read.
    await shell.close()
  }
  return (await finish(progress, context, { workspace, role, log, buildspec, values })) && succeeded
}

function exportedFrom({ env }: Buildspec, { variables }: ShellValues, secretNames: ReadonlySet<string>) {
  return env.exportedVariables.flatMap(name => {
    const value = variables.get(name)
    // Not exportable: AWS_* and values of secrets (build specification reference).
    return value === undefined || name.startsWith('AWS_') || secretNames.has(name) ? [] : [{ name, value }]
  })
}
