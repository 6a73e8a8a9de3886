import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaleOf, ticksOf } from './scale.ts'

const minute = 60_000
const hour = 60 * minute
const span = fc
  .tuple(fc.integer({ min: 0, max: 1e7 }), fc.integer({ min: 0, max: 1e6 }))
  .map(([from, length]) => ({ from, to: from + length }))

describe('the timeline’s scale', () => {
  it('never runs backwards and stays on the line', () => {
    fc.assert(
      fc.property(fc.array(span), fc.array(fc.integer({ min: 0, max: 1.2e7 })), (busy, times) => {
        const scale = scaleOf(busy, { from: 0, to: 1.1e7 })
        const places = times.sort((a, b) => a - b).map(scale.at)
        expect(places.every((place, i) => place >= (places[i - 1] ?? 0) && place <= 1)).toBe(true)
      }),
    )
  })

  it('cuts three days of waiting short, so that the builds stay legible', () => {
    const build = { from: 0, to: 10 * minute }
    const deploy = { from: 72 * hour, to: 72 * hour + 10 * minute }
    const scale = scaleOf([build, deploy], { from: 0, to: deploy.to })
    expect(scale.at(build.to)).toBeGreaterThan(0.35)
    expect(scale.breaks).toHaveLength(1)
  })

  it('leaves short pauses as they are', () => {
    const scale = scaleOf([{ from: 0, to: 10 * minute }], { from: 0, to: 11 * minute })
    expect(scale.breaks).toEqual([])
    expect(scale.at(5.5 * minute)).toBeCloseTo(0.5)
  })

  it('marks round times that stand apart', () => {
    const whole = { from: 0, to: 11 * minute }
    expect(ticksOf(scaleOf([whole], whole), whole)).toEqual([2, 4, 6, 8, 10].map(count => count * minute))
  })

  it('marks nothing inside what it cut', () => {
    const line = { from: 0, to: 5 * hour }
    const scale = scaleOf(
      [
        { from: 0, to: 10 * minute },
        { from: 4.5 * hour, to: 5 * hour },
      ],
      line,
    )
    const gap = scale.breaks[0]!
    expect(ticksOf(scale, line).every(after => after <= gap.from || after >= gap.to)).toBe(true)
  })
})
