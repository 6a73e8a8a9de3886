import type { ActionDetail, LogLine, LogUpdate } from '../../preload/contract/pipelines.ts'
import type { Ask, At } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import type { Build } from '../aws/codeBuild.ts'
import type { Clock, Millis } from '../base/clock.ts'
import { pause } from '../base/pause.ts'
import { ended } from './states.ts'

export interface TailOptions {
  aws: Aws
  clock: Clock
  /** The action as it is now. */
  action: () => Promise<ActionDetail>
  logOf: (detail: ActionDetail) => Promise<{ at: At; build: Build } | undefined>
  /** Whether this action will ever have a log. */
  hasLog: (detail: ActionDetail) => boolean
}

/** Between two looks at a log that is being written. ms */
const pace: Millis = 500
/** Between two questions whether the build has ended. ms */
const checkEvery: Millis = 2_000

/** An action's log from its first line until the action ended and everything was read. */
export async function* tailLog(options: TailOptions, signal: AbortSignal | undefined): AsyncGenerator<LogUpdate> {
  const found = yield* waitForLog(options, signal)
  if (found) yield* readLog(options, found, signal)
}

interface FoundLog {
  at: At
  build: Build
  log: NonNullable<Build['log']>
}

/** Says once that there is no log yet; gives undefined where there will be none. */
async function* waitForLog(
  { clock, action, logOf, hasLog }: TailOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogUpdate, FoundLog | undefined> {
  let told = false
  for (;;) {
    if (signal?.aborted) return undefined
    const detail = await action()
    const found = await logOf(detail)
    if (found?.build.log) return { ...found, log: found.build.log }
    if (ended(detail.state) || (detail.externalId !== undefined && !hasLog(detail))) {
      yield { kind: 'none', why: 'This action wrote no log.' }
      yield { kind: 'end' }
      return undefined
    }
    if (!told) yield { kind: 'none', why: 'The log has not begun yet.' }
    told = true
    await pause(clock, pace, signal)
  }
}

async function* readLog(
  { aws, clock }: TailOptions,
  found: FoundLog,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogUpdate, void> {
  const ask: Ask = { priority: 'open', signal }
  const { at, log } = found
  let { build } = found
  let token: string | undefined
  let count = 0
  let checkedAt = clock.now()
  for (;;) {
    if (signal?.aborted) return
    const page = await aws.logs.page(at, log, token, ask)
    const lines: LogLine[] = page.events.map(event => ({
      number: ++count,
      at: new Date(event.at).toISOString(),
      text: event.text.replace(/\r?\n$/, ''),
    }))
    if (lines.length > 0) yield { kind: 'lines', lines }
    token = page.next ?? token
    if (page.events.length > 0) continue
    // It had ended before this page was asked for, so nothing more can come.
    if (build.ended) return yield { kind: 'end' }
    await pause(clock, pace, signal)
    if (clock.now() - checkedAt >= checkEvery && !signal?.aborted) {
      checkedAt = clock.now()
      build = (await aws.codeBuild.build(at, build.id, ask)) ?? { ...build, ended: true }
    }
  }
}
