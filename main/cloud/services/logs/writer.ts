import type { Clock, Millis } from '../../../base/clock.ts'
import type { LogEvent, LogStore } from './logStore.ts'

/** One stream, open for writing. */
interface LogStreamWriter {
  /** Adds lines in the order given; durable when it returns. */
  append(events: readonly LogEvent[]): void
}

/** How the cloud's other services write logs. They ask for permission themselves, as the identity they work under. */
export interface LogWriter {
  /** Opens a stream, and makes it and its group where they are missing. */
  open(account: string, region: string, group: string, stream: string): LogStreamWriter
}

/** Makes the writer over the rooms's rows. */
export function logWriter(store: LogStore, clock: Clock): LogWriter {
  const found = <T>(find: () => T | undefined, make: (at: Millis) => void): T => {
    const known = find()
    if (known) return known
    make(clock.now())
    const made = find()
    if (!made) throw new Error('a log group or stream vanished while it was made')
    return made
  }
  return {
    open(account, region, groupName, streamName) {
      const group = found(
        () => store.group(account, region, groupName),
        at => store.createGroup(account, region, groupName, at, {}),
      )
      const stream = found(
        () => store.stream(group, streamName),
        at => store.createStream(group, streamName, at),
      )
      return { append: events => store.append(stream.id, events, clock.now()) }
    },
  }
}
