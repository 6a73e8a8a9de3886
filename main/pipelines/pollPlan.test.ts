import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idleRate, intervalOf, pollPlan, type Subject } from './pollPlan.ts'

const subject = (id: string, rest: Partial<Subject> = {}): Subject => ({
  id,
  attention: 'idle',
  failures: 0,
  asking: false,
  ...rest,
})
const subjects = fc.array(
  fc.record({
    id: fc.uuid(),
    attention: fc.constantFrom('open' as const, 'running' as const, 'idle' as const),
    askedAt: fc.integer({ min: 0, max: 100_000 }),
    failures: fc.integer({ min: 0, max: 20 }),
    asking: fc.boolean(),
  }),
  { maxLength: 300 },
)

describe('the poll plan', () => {
  it('asks the open pipeline every second, running ones every two', () => {
    const all = [
      subject('open', { attention: 'open', askedAt: 0 }),
      subject('run', { attention: 'running', askedAt: 0 }),
    ]
    expect(pollPlan(all, 999, 9, false)).toEqual({ ask: [], nextAt: 1000 })
    expect(pollPlan(all, 1000, 9, false).ask.map(({ id }) => id)).toEqual(['open'])
    expect(pollPlan(all, 2000, 9, false).ask.map(({ id }) => id)).toEqual(['open', 'run'])
  })

  it('asks a handful of idle pipelines within two seconds, fifty every ten, a thousand only as the budget lets', () => {
    expect(intervalOf(subject('a'), 8, false)).toBeLessThanOrEqual(2000)
    expect(intervalOf(subject('a'), 50, false)).toBe(10_000)
    expect(intervalOf(subject('a'), 1000, false)).toBe(200_000)
    expect(intervalOf(subject('a'), 8, true)).toBe(60_000)
  })

  it('never asks what is being asked, nor more than there is room for beside the open ones', () => {
    fc.assert(
      fc.property(subjects, fc.integer({ min: 0, max: 8 }), fc.boolean(), (all, room, hidden) => {
        const { ask } = pollPlan(all, 50_000, room, hidden)
        expect(ask.some(({ asking }) => asking)).toBe(false)
        expect(ask.filter(({ attention }) => attention !== 'open').length).toBeLessThanOrEqual(room)
      }),
    )
  })

  it('never lets idle pipelines use more than their share of the budget', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), count => {
        const perSecond = (count / intervalOf(subject('a'), count, false)) * 1000
        expect(perSecond).toBeLessThanOrEqual(idleRate + 1e-6)
      }),
    )
  })

  it('names the next time as one that lies ahead, and asks somebody then', () => {
    fc.assert(
      fc.property(subjects, all => {
        const plan = pollPlan(all, 50_000, 8, false)
        if (plan.nextAt === undefined) return
        expect(plan.nextAt).toBeGreaterThan(50_000)
        expect(pollPlan(all, plan.nextAt, 1000, false).ask.length).toBeGreaterThan(0)
      }),
    )
  })

  it('asks what fails less and less often', () => {
    const often = intervalOf(subject('a', { attention: 'open' }), 1, false)
    const failing = intervalOf(subject('a', { attention: 'open', failures: 3 }), 1, false)
    const broken = intervalOf(subject('a', { attention: 'open', failures: 30 }), 1, false)
    expect([failing, broken]).toEqual([often * 8, 60_000])
  })

  it('asks first what was never asked', () => {
    const all = [subject('old', { askedAt: 0 }), subject('new')]
    expect(pollPlan(all, 100_000, 1, false).ask.map(({ id }) => id)).toEqual(['new'])
  })
})
