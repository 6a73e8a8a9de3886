import type { Millis } from '../base/clock.ts'
import type { Known } from './known.ts'

/** A pipeline as its realm follows it. */
export interface Entry {
  known: Known
  asking: boolean
  askedAt: Millis | undefined
  listedAt: Millis | undefined
  /** Questions so far. */
  turn: number
  /** Failed answers in a row. */
  failures: number
}

export const newEntry = (known: Known): Entry => ({
  known,
  asking: false,
  askedAt: undefined,
  listedAt: undefined,
  turn: 0,
  failures: 0,
})
