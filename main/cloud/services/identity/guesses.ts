import type { Clock, Millis } from '../../../base/clock.ts'

/** Slows whoever guesses: so many attempts are free, then each waits twice as long as the one before. */
export interface Guesses {
  /** Takes an attempt; undefined, or for how many ms nobody may try. Counted as wrong until `right` says otherwise. */
  attempt(key: string): Millis | undefined
  right(key: string): void
}

export interface GuessLimits {
  free: number
  /** After the first attempt that is not free; doubles up to `longest`. */
  pause: Millis
  longest: Millis
}

/** Wrong guesses are forgotten after this long without another. */
const memory: Millis = 15 * 60_000
const mostKeys = 1_000

export function createGuesses(clock: Pick<Clock, 'now'>, { free, pause, longest }: GuessLimits): Guesses {
  const wrong = new Map<string, { count: number; last: Millis; until: Millis }>()
  return {
    attempt(key) {
      const now = clock.now()
      const known = wrong.get(key)
      if (known && known.until > now) return known.until - now
      const count = known && now - known.last < memory ? known.count + 1 : 1
      const wait = count < free ? 0 : Math.min(longest, pause * 2 ** (count - free))
      // Put last: the first of the map is whoever guessed longest ago.
      wrong.delete(key)
      wrong.set(key, { count, last: now, until: now + wait })
      const oldest = wrong.keys().next()
      if (wrong.size > mostKeys && !oldest.done) wrong.delete(oldest.value)
      return undefined
    },
    right: key => void wrong.delete(key),
  }
}
