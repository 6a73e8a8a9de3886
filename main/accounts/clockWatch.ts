import type { Clock, Millis } from '../base/clock.ts'

/** Compares this machine's clock with AWS's. */
export interface ClockWatch {
  /** What AWS's clock said, in an answer that came just now. */
  heard(serverTime: Millis): void
  /** How far this machine is ahead of AWS, where it matters. ms, negative where behind */
  aheadMs(): Millis | undefined
}

/** AWS refuses signatures that are five minutes off (UNCONFIRMED); a person should hear of it before. */
const matters: Millis = 2 * 60_000

export function createClockWatch(clock: Clock, changed: () => void): ClockWatch {
  let ahead: Millis | undefined
  return {
    heard(serverTime) {
      const difference = clock.now() - serverTime
      const next = Math.abs(difference) >= matters ? difference : undefined
      // A second more or less (the header has whole ones) is no news.
      const news = ahead === undefined || next === undefined ? ahead !== next : Math.abs(ahead - next) > 5_000
      if (!news) return
      ahead = next
      changed()
    },
    aheadMs: () => ahead,
  }
}
