import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../../base/clock.ts'
import { createGuesses } from './guesses.ts'

const limits = { free: 3, pause: 1_000, longest: 8_000 }

describe('guessing', () => {
  it('is free three times, then waits twice as long each time, up to the longest', () => {
    const clock = manualClock()
    const guesses = createGuesses(clock, limits)
    const waits: (number | undefined)[] = []
    for (let n = 0; n < 13; n++) {
      const wait = guesses.attempt('ann')
      waits.push(wait)
      clock.advance(wait ?? 0)
    }
    const taken = undefined
    const then = [1_000, 2_000, 4_000, 8_000, 8_000].flatMap(wait => [wait, taken])
    expect(waits).toEqual([taken, taken, taken, ...then])
  })

  it('of one name does not slow another, and is forgotten once right or after a quarter of an hour', () => {
    const clock = manualClock()
    const guesses = createGuesses(clock, limits)
    for (let n = 0; n < 3; n++) guesses.attempt('ann')
    expect(guesses.attempt('ann')).toBe(1_000)
    expect(guesses.attempt('ben')).toBeUndefined()
    guesses.right('ann')
    expect(guesses.attempt('ann')).toBeUndefined()
    for (let n = 0; n < 2; n++) guesses.attempt('ann')
    clock.advance(15 * 60_000)
    for (let n = 0; n < 3; n++) expect(guesses.attempt('ann')).toBeUndefined()
  })

  it('never lets more through in a time than the pauses allow, however it is timed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5_000 }), { maxLength: 60 }), gaps => {
        const clock = manualClock()
        const guesses = createGuesses(clock, limits)
        let passed = 0
        for (const gap of gaps) {
          clock.advance(gap)
          if (guesses.attempt('ann') === undefined) passed++
        }
        const elapsed = gaps.reduce((sum, gap) => sum + gap, 0)
        // Three free ones, one for each of the pauses of 1, 2 and 4 s, then one for each 8 s.
        expect(passed).toBeLessThanOrEqual(3 + 3 + Math.max(0, (elapsed - 7_000) / 8_000))
      }),
    )
  })
})
