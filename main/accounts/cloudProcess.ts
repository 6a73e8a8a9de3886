import { z } from 'zod'
import { AccountId, Environment } from '../../preload/contract/accounts.ts'
import type { FailureShape } from '../../preload/contract/base.ts'
import type { Cancel, Clock, Millis } from '../base/clock.ts'
import { messageOf } from '../base/failure.ts'

/** The line that the local cloud prints when it is ready. */
const ReadyLine = z.object({
  endpoint: z.url(),
  region: z.string(),
  accounts: z.array(
    z.object({
      id: AccountId,
      name: z.string(),
      environment: Environment.catch('unknown'),
      profile: z.string(),
      accessKeyId: z.string(),
      secretAccessKey: z.string(),
      /** The git user name is no secret: in a clone URL it picks the account among the stored credentials. */
      git: z.object({ user: z.string() }),
    }),
  ),
  configFile: z.string(),
  credentialsFile: z.string(),
  gitCredentialsFile: z.string(),
  /** Its portal of IAM Identity Center, without its users: their passwords are a person's to type. */
  identityCenter: z.object({ startUrl: z.url(), region: z.string(), sessionName: z.string() }).optional(),
})
export type ReadyCloud = z.infer<typeof ReadyLine>

/** The process as a shell makes it. */
export interface Process {
  onLine(listener: (line: string) => void): void
  onExit(listener: (code: number | null) => void): void
  stop(): Promise<void>
}

export type CloudState =
  | { state: 'off' }
  | { state: 'starting' }
  | { state: 'ready'; cloud: ReadyCloud }
  | { state: 'failed'; failure: FailureShape; restarting: boolean }

/** Keeps the local cloud's process alive from `start` to `stop`. */
export interface CloudProcess {
  start(): void
  stop(): Promise<void>
}

const firstDelay: Millis = 500
const longestDelay: Millis = 30_000
/** A cloud that was well for so long starts over with the shortest delay. */
const well: Millis = 60_000

/** Starts the process again whenever it ends, each time a little later, and tells each change of its state. */
export function keepCloud(
  start: (args: readonly string[]) => Process,
  data: string,
  clock: Clock,
  onState: (state: CloudState) => void,
): CloudProcess {
  let process: Process | undefined
  let cancel: Cancel = () => {}
  let delay = firstDelay
  let stopped = true

  const launch = () => {
    onState({ state: 'starting' })
    let readyAt: Millis | undefined
    try {
      const child = start(['--json', '--data', data, '--port', '0'])
      process = child
      child.onLine(line => {
        if (stopped || readyAt !== undefined) return
        const cloud = readyFrom(line)
        if (!cloud) return
        readyAt = clock.now()
        onState({ state: 'ready', cloud })
      })
      child.onExit(code => ended(`It ended with code ${code ?? 'none (a signal)'}`, readyAt))
    } catch (thrown) {
      ended(`It could not be started: ${messageOf(thrown)}`, readyAt)
    }
  }

  const ended = (why: string, readyAt: Millis | undefined) => {
    process = undefined
    if (stopped) return
    if (readyAt !== undefined && clock.now() - readyAt > well) delay = firstDelay
    onState({
      state: 'failed',
      restarting: true,
      failure: {
        code: 'LocalCloudEnded',
        message: `The local cloud is not running. ${why}.`,
        place: {},
        next: 'Nothing to do: it is started again. Its log is logs/cloud.log in the data directory.',
      },
    })
    cancel = clock.after(delay, launch)
    delay = Math.min(delay * 2, longestDelay)
  }

  return {
    start() {
      if (!stopped) return
      stopped = false
      launch()
    },
    async stop() {
      stopped = true
      cancel()
      await process?.stop()
      onState({ state: 'off' })
    },
  }
}

/** The ready line, or undefined for any other line. */
function readyFrom(line: string): ReadyCloud | undefined {
  try {
    const parsed = ReadyLine.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
