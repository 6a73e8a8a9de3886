import type { Clock, Millis } from '../../../base/clock.ts'

/** Who waits for a queue to have something: a long poll holds a function here and nothing else. */
export interface Waiting {
  /** The queue may have something new. */
  ring(queue: number): void
  /** Resolves when the queue rings, at `until`, or when the signal aborts. */
  next(queue: number, until: Millis, signal: AbortSignal): Promise<void>
}

export function createWaiting(clock: Clock): Waiting {
  const waiters = new Map<number, Set<() => void>>()
  return {
    ring(queue) {
      // A poll that goes on waiting is a new function, and not rung in this round.
      for (const wake of Array.from(waiters.get(queue) ?? [])) wake()
    },
    next(queue, until, signal) {
      return new Promise(resolve => {
        if (signal.aborted) return resolve()
        const here = waiters.get(queue) ?? new Set()
        waiters.set(queue, here)
        const wake = () => {
          cancel()
          signal.removeEventListener('abort', wake)
          here.delete(wake)
          if (here.size === 0 && waiters.get(queue) === here) waiters.delete(queue)
          resolve()
        }
        const cancel = clock.after(until - clock.now(), wake)
        signal.addEventListener('abort', wake)
        here.add(wake)
      })
    },
  }
}
