import type { Clock, Millis } from '../../../../base/clock.ts'
import { lineSplitter } from '../../../machine/lines.ts'
import type { LogEvent } from '../../logs/logStore.ts'

/** The log of one build while it runs. */
export interface BuildLog {
  /** A line of CodeBuild's own: `[Container] 2026/11/23 03:40:00.123 Running command npm test`. */
  say(text: string): void
  /** What commands print. */
  output(bytes: Buffer): void
  /** Ends a line that its command left open, so that the next line of ours starts afresh. */
  endLine(): void
  /** From now on this text never reaches the log: CodeBuild masks by exact string. */
  mask(secret: string): void
  close(): void
}

/** How long a line may wait before it is written. */
const flushEvery = 100
/** Beyond this a build's output is dropped, and the log says so: a runaway command must not fill the disk. */
const mostOutput = 64 * 1024 * 1024
const maskText = '***'

export function buildLog(options: {
  append: (events: readonly LogEvent[]) => void
  clock: Clock
  limit?: number
}): BuildLog {
  const { clock, append, limit = mostOutput } = options
  const lines = lineSplitter()
  let waiting: LogEvent[] = []
  let secrets: string[] = []
  let scheduled: (() => void) | undefined
  let latest: Millis = 0
  let taken = 0

  const flush = () => {
    scheduled?.()
    scheduled = undefined
    const events = waiting
    waiting = []
    if (events.length > 0) append(events)
  }
  const add = (line: string) => {
    // Never earlier than the line before: a stream is read in order of time.
    latest = Math.max(latest, clock.now())
    const message = secrets.reduce((text, secret) => text.replaceAll(secret, maskText), line)
    waiting.push({ at: latest, message: `${message}\n` })
    scheduled ??= clock.after(flushEvery, flush)
  }
  const endLine = () => {
    for (const line of lines.rest()) add(line)
  }
  const say = (text: string) => {
    endLine()
    // A command of several lines is one line each, as everything in a log stream.
    for (const line of `[Container] ${stamp(clock.now())} ${text}`.split('\n')) add(line)
  }
  return {
    say,
    endLine,
    output(bytes) {
      const room = limit - taken
      if (room <= 0) return
      taken += bytes.length
      for (const line of lines.push(bytes.subarray(0, room))) add(line)
      if (taken >= limit) say(`The output of this build is over ${limit} bytes: what follows is not kept`)
    },
    mask(secret) {
      // The longest first, so that a secret within another leaves no remains.
      if (secret !== '') secrets = [...new Set([...secrets, secret])].sort((a, b) => b.length - a.length)
    },
    close() {
      endLine()
      flush()
    },
  }
}

/** `2026/11/23 03:40:00.123`, UTC. */
function stamp(at: Millis): string {
  return new Date(at).toISOString().replaceAll('-', '/').replace('T', ' ').replace('Z', '')
}
