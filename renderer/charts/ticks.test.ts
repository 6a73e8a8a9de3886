import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ticksUpTo } from './ticks.ts'

describe('the marks of an axis', () => {
  it('stand at times that people count in', () => {
    expect(ticksUpTo(7800, 'time')).toEqual([0, 1800, 3600, 5400, 7200, 9000])
    expect(ticksUpTo(500, 'time')).toEqual([0, 120, 240, 360, 480, 600])
    expect(ticksUpTo(26, 'time')).toEqual([0, 10, 20, 30])
  })

  it('stand at whole things where things are counted', () => {
    expect(ticksUpTo(2, 'whole')).toEqual([0, 1, 2])
    expect(ticksUpTo(36, 'whole')).toEqual([0, 10, 20, 30, 40])
  })

  it('are round amounts, also small ones', () => {
    expect(ticksUpTo(2.84, 'plain')).toEqual([0, 1, 2, 3])
    expect(ticksUpTo(0.29, 'plain')).toEqual([0, 0.1, 0.2, 0.3])
  })

  it('begin at nothing, reach over the largest value, and are few', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.constantFrom('whole' as const, 'time' as const, 'plain' as const),
        (max, scale) => {
          const ticks = ticksUpTo(max, scale)
          expect(ticks[0]).toBe(0)
          expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * 0.999999)
          expect(ticks.length).toBeGreaterThanOrEqual(2)
          expect(ticks.length).toBeLessThanOrEqual(6)
        },
      ),
    )
  })

  it('are there also where every value is nothing', () => {
    expect(ticksUpTo(0, 'whole')).toEqual([0, 1])
  })
})
