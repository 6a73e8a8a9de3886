import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable, Writable } from 'node:stream'
import type { Clock, Millis } from '../../../../base/clock.ts'
import { enclose, type Sandbox } from '../../../machine/sandbox.ts'
import type { Tools } from '../../../machine/tools.ts'
import { driverScript, exportLines } from './driver.ts'
import { type OutputPipe, openOutputPipe } from './outputPipe.ts'
import { commandsOf, holdShell, identify, killAll, type ProcessIdentity, type Reach, signal } from './processes.ts'
import { mounts, type Workspace } from './workspace.ts'

/** Where and how a build's commands run. */
export interface ShellOptions {
  buildId: string
  sandbox: Sandbox
  tools: Tools
  workspace: Workspace
  /** Program and name: bash under the name `sh` behaves as the POSIX shell of Amazon Linux. */
  program: { file: string; name: string }
  variables: Readonly<Record<string, string>>
  onBytes: (bytes: Buffer) => void
  /** Told before the first command can run, so that the next start can find what this one left behind. */
  onStart(identity: ProcessIdentity): void
  clock: Clock
}

/** One build's shell. A new one takes over, with the saved directory and variables, where a command ended it. */
export interface BuildShell {
  /** Runs a command in the living shell and gives its exit code once all its output has been handed on. */
  run(command: string): Promise<number>
  /** Forgets what commands changed: the next one starts as the first did (buildspec version 0.1), with these besides. */
  reset(variables: Readonly<Record<string, string>>): void
  /** Asks every process to end, and after `grace` kills what is left. No command runs afterwards. */
  stop(grace: Millis): Promise<void>
  /** Kills what is left and closes everything. */
  close(): Promise<void>
}

interface Living {
  child: ChildProcess
  control: Writable
  statuses: AsyncIterator<string>
  ended: Promise<number>
}

const killedBase = 128
const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
}

export function buildShell(options: ShellOptions): BuildShell {
  const { workspace, buildId, clock } = options
  const output: OutputPipe = openOutputPipe(workspace.outputPipe, options.onBytes)
  const script = join(workspace.control, 'script.sh')
  const driver = join(workspace.control, 'driver.sh')
  let living: Living | undefined
  let begun = false
  let since: string | undefined
  let stopped = false
  let stopping: Promise<void> | undefined

  const saveInitialState = (besides: Readonly<Record<string, string>>) => {
    writeFileSync(driver, driverScript)
    writeFileSync(join(workspace.control, 'env.sh'), exportLines({ ...options.variables, ...besides }))
    writeFileSync(join(workspace.control, 'cwd'), `${workspace.inside(workspace.source)}\n`)
  }
  saveInitialState({})

  const reach = (): Reach => ({ group: living?.child.pid, since })

  const start = (): Living => {
    const inside = [workspace.inside(driver), workspace.inside(workspace.control)] as const
    const { file, name } = options.program
    // Within walls bubblewrap starts the shell, and only a real path can name it.
    const command: [string, ...string[]] = [
      file,
      ...(name === 'sh' && file.endsWith('bash') ? ['--posix'] : []),
      ...inside,
    ]
    const view = {
      writable: mounts.map(([ours, theirs]) => ({ from: join(workspace.root, ours), to: theirs })),
      readOnly: options.tools.mounts,
      directory: workspace.inside(workspace.source),
    }
    const [program, ...args] = enclose(options.sandbox, view, command)
    const child = spawn(program, args, {
      cwd: workspace.source,
      // Nothing of the cloud's own environment; the build's variables come from env.sh, inside the walls.
      env: { PATH: options.tools.path, CODEBUILD_BUILD_ID: buildId },
      stdio: ['ignore', output.descriptor, output.descriptor, 'pipe', 'pipe'],
      detached: true,
    })
    const [, , , control, status] = child.stdio
    if (!(control instanceof Writable) || !(status instanceof Readable)) throw new Error('a shell without its channels')
    // A shell that ended while it was written to: its end is seen by `ended`.
    control.on('error', () => undefined)
    const ended = new Promise<number>(resolve => {
      child.once('error', () => resolve(127))
      child.once('exit', (code, by) => resolve(code ?? killedBase + (signalNumbers[by ?? ''] ?? 0)))
    })
    const identity = child.pid === undefined ? undefined : identify(child.pid)
    if (identity) options.onStart(identity)
    begun = true
    since ??= identity?.startTicks
    const statuses = createInterface({ input: status })[Symbol.asyncIterator]()
    return { child, control, statuses, ended }
  }

  const endProcesses = async (grace: Millis) => {
    stopped = true
    if (!living) return
    holdShell(buildId, reach())
    for (const pid of commandsOf(buildId, reach())) signal(pid, 'SIGTERM')
    if (process.platform !== 'linux' && living.child.pid !== undefined) signal(-living.child.pid, 'SIGTERM')
    await gone(clock, grace, () => commandsOf(buildId, reach()).length === 0)
    killAll(buildId, reach())
    await living?.ended
  }

  return {
    async run(command) {
      if (stopped) return killedBase + 15
      living ??= start()
      const { control, statuses, ended, child } = living
      writeFileSync(script, `${command}\n`)
      control.write(`${workspace.inside(script)}\n`)
      const told = await Promise.race([statuses.next().then(next => (next.done ? ended : Number(next.value))), ended])
      await output.settled()
      if (child.exitCode !== null || child.signalCode !== null) living = undefined
      return told
    },
    reset(variables) {
      if (living) killAll(buildId, reach())
      living = undefined
      saveInitialState(variables)
    },
    stop(grace) {
      stopping ??= endProcesses(grace)
      return stopping
    },
    async close() {
      stopped = true
      if (begun) killAll(buildId, reach())
      await living?.ended
      await output.settled()
      output.close()
    },
  }
}

const lookEvery = 25

/** Resolves when `done`, or after `grace`. */
function gone(clock: Clock, grace: Millis, done: () => boolean): Promise<void> {
  const until = clock.now() + grace
  return new Promise(resolve => {
    const look = () => (done() || clock.now() >= until ? resolve() : void clock.after(lookEvery, look))
    look()
  })
}
