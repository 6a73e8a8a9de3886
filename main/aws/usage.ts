import type { Clock } from '../base/clock.ts'

/** Calls and throttled answers of the last minute. */
export interface Usage {
  called(): void
  throttled(): void
  lastMinute(): { calls: number; throttled: number }
}

const window = 60

/** Counts by the second, so that it stays small however busy an account is. */
export function createUsage(clock: Clock): Usage {
  const seconds = Array.from({ length: window }, () => ({ second: -1, calls: 0, throttled: 0 }))
  const current = () => {
    const second = Math.floor(clock.now() / 1000)
    const index = second % window
    const known = seconds[index]
    if (known?.second === second) return known
    const fresh = { second, calls: 0, throttled: 0 }
    seconds[index] = fresh
    return fresh
  }
  return {
    called: () => void current().calls++,
    throttled: () => void current().throttled++,
    lastMinute() {
      const oldest = Math.floor(clock.now() / 1000) - window
      const recent = seconds.filter(({ second }) => second > oldest)
      return {
        calls: recent.reduce((sum, { calls }) => sum + calls, 0),
        throttled: recent.reduce((sum, { throttled }) => sum + throttled, 0),
      }
    },
  }
}
