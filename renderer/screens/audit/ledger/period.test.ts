import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastDay, periods, stripOf, within } from './period.ts'

const now = Date.UTC(2026, 3, 15, 10, 30)

describe('the periods that can be chosen', () => {
  it('are the last days and the months back to the oldest entry', () => {
    const offered = periods(now, '2026-02-27T08:00:00.000Z')
    expect(offered.map(({ name }) => name)).toEqual([
      'Any time',
      'Today',
      'Last 7 days',
      'Last 30 days',
      'Last 90 days',
      'April 2026',
      'March 2026',
      'February 2026',
    ])
    expect(offered.find(({ name }) => name === 'March 2026')).toMatchObject({
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-04-01T00:00:00.000Z',
    })
    expect(offered.find(({ name }) => name === 'Last 7 days')?.from).toBe('2026-04-09T00:00:00.000Z')
  })

  it('say their last day, not the one after it', () => {
    expect(lastDay('2026-04-01T00:00:00.000Z')).toBe('2026-03-31')
  })

  it('take the place of the one before', () => {
    const filter = { text: 'gate', from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' }
    expect(within(filter, undefined, undefined)).toEqual({ text: 'gate' })
  })
})

describe('the strip of days', () => {
  it('shows whole days, at least one and 92 at most, none of them yet to come', () => {
    const day = 86_400_000
    const at = fc.option(
      fc
        .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
        .map(d => d.toISOString()),
      { nil: undefined },
    )
    fc.assert(
      fc.property(at, at, (from, to) => {
        const strip = stripOf(within({}, from, to), now)
        const days = (strip.to - strip.from) / day
        expect([strip.from % day, strip.to % day, Number.isInteger(days)]).toEqual([0, 0, true])
        expect(days).toBeGreaterThanOrEqual(1)
        expect(days).toBeLessThanOrEqual(92)
        expect(strip.to).toBeLessThanOrEqual(Date.UTC(2026, 3, 16))
      }),
    )
  })

  it('shows the month that is asked for', () => {
    const march = stripOf({ from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' }, now)
    expect(march).toEqual({ from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 3, 1) })
  })
})
