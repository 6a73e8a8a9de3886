/** Milliseconds since the Unix epoch. */
export type Millis = number

/** Stops what was scheduled; calling it twice is harmless. */
export type Cancel = () => void

/** The only source of time. Handed in everywhere, so that tests can own it. */
export interface Clock {
  now(): Millis
  /** Calls `run` once, no earlier than `delay` ms from now. Never keeps the process alive by itself. */
  after(delay: Millis, run: () => void): Cancel
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, run) {
    // setTimeout wraps to 1 ms beyond 2^31-1 ms (about 24 days): an approval may wait for longer.
    const longest = 2 ** 31 - 1
    let timer: NodeJS.Timeout
    const arm = (left: Millis) => {
      timer = setTimeout(() => (left > longest ? arm(left - longest) : run()), Math.min(Math.max(left, 0), longest))
      timer.unref()
    }
    arm(delay)
    return () => clearTimeout(timer)
  },
}

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on by `by` ms and runs what falls due, in order of its time. */
  advance(by: Millis): void
  /** When the earliest scheduled call falls due, or undefined when nothing is scheduled. */
  nextDue(): Millis | undefined
}

/** Makes a {@link ManualClock} that starts at `start`. */
export function manualClock(start: Millis = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start
  let order = 0
  const due = new Map<number, { at: Millis; run: () => void }>()
  const earliest = () => [...due].sort(([a, x], [b, y]) => x.at - y.at || a - b)[0]
  return {
    now: () => now,
    after(delay, run) {
      const id = order++
      due.set(id, { at: now + Math.max(delay, 0), run })
      return () => due.delete(id)
    },
    nextDue: () => earliest()?.[1].at,
    advance(by) {
      const until = now + by
      for (let next = earliest(); next && next[1].at <= until; next = earliest()) {
        due.delete(next[0])
        now = Math.max(now, next[1].at)
        next[1].run()
      }
      now = until
    },
  }
}
