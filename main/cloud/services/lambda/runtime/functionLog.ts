import type { Clock } from '../../../../base/clock.ts'
import { lineSplitter } from '../../../machine/lines.ts'
import type { LogEvent } from '../../logs/logStore.ts'

/** The log of one invocation. */
export interface FunctionLog {
  say(line: string): void
  output(bytes: Buffer): void
  /** Writes what is left; gives the last 4 KB of all of it. */
  close(): string
}

/** Beyond this, what one invocation prints is dropped: a runaway function must not fill the disk. */
const mostOutput = 16 * 1024 * 1024
const flushEvery = 100
const tailBytes = 4096

/** `append` is undefined where the function's role may not write logs: then nothing is kept, and nobody is told. */
export function functionLog(clock: Clock, append: ((events: readonly LogEvent[]) => void) | undefined): FunctionLog {
  const lines = lineSplitter()
  let waiting: LogEvent[] = []
  let scheduled: (() => void) | undefined
  let tail = Buffer.alloc(0)
  let room = mostOutput
  const flush = () => {
    scheduled?.()
    scheduled = undefined
    const events = waiting
    waiting = []
    if (events.length > 0) append?.(events)
  }
  const say = (line: string) => {
    const message = `${line}\n`
    tail = Buffer.concat([tail, Buffer.from(message)]).subarray(-tailBytes)
    waiting.push({ at: clock.now(), message })
    scheduled ??= clock.after(flushEvery, flush)
  }
  return {
    say,
    output(bytes) {
      const taken = bytes.subarray(0, room)
      room -= taken.length
      for (const line of lines.push(taken)) say(line)
    },
    close() {
      for (const line of lines.rest()) say(line)
      flush()
      return tail.toString('utf8')
    },
  }
}
