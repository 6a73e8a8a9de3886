import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Circumstances, idlePace, intervalOf, pollPlan, type Subject } from './pollPlan.ts'

const subject = (id: string, rest: Partial<Subject> = {}): Subject => ({
  id,
  attention: 'idle',
  incomplete: false,
  failures: 0,
  asking: false,
  ...rest,
})
const usually: Circumstances = { now: 0, room: 9, hidden: false, pushed: false, idlePerSecond: 4, everywhere: 3 }
const at = (now: number, rest: Partial<Circumstances> = {}): Circumstances => ({ ...usually, now, ...rest })
const subjects = fc.array(
  fc.record({
    id: fc.uuid(),
    attention: fc.constantFrom('open' as const, 'running' as const, 'idle' as const),
    askedAt: fc.integer({ min: 0, max: 100_000 }),
    incomplete: fc.boolean(),
    failures: fc.integer({ min: 0, max: 20 }),
    asking: fc.boolean(),
  }),
  { maxLength: 300 },
)
const names = (plan: { ask: Subject[] }) => plan.ask.map(({ id }) => id)

describe('the poll plan', () => {
  it('asks the open pipeline every second, running ones every three and a half', () => {
    const all = [
      subject('open', { attention: 'open', askedAt: 0 }),
      subject('run', { attention: 'running', askedAt: 0 }),
    ]
    expect(pollPlan(all, at(999))).toEqual({ ask: [], nextAt: 1000 })
    expect(names(pollPlan(all, at(1000)))).toEqual(['open'])
    expect(names(pollPlan(all, at(3500)))).toEqual(['open', 'run'])
  })

  it('asks a handful of idle pipelines within seconds, fifty within a minute, thousands only as the budget lets', () => {
    expect(intervalOf(subject('a'), 3, usually)).toBe(3_000)
    expect(intervalOf(subject('a'), 50, { ...usually, everywhere: 50 })).toBe(50_000)
    expect(intervalOf(subject('a'), 200, { ...usually, everywhere: 200 })).toBe(55_000)
    expect(intervalOf(subject('a'), 1000, { ...usually, everywhere: 1000 })).toBe(250_000)
    expect(intervalOf(subject('a'), 8, { ...usually, hidden: true })).toBe(60_000)
  })

  it('lets idle ones of all accounts fall due together, so that the desk sleeps in between', () => {
    const many = { room: 0, everywhere: 1000 }
    const dueOf = (askedAt: number, idle: number) =>
      pollPlan(
        Array.from({ length: idle }, (_, n) => subject(`p${n}`, { askedAt })),
        at(askedAt, many),
      ).nextAt ?? 0
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 50 }), (askedAt, idle) => {
        const due = dueOf(askedAt, idle)
        expect(due % 5_000).toBe(0)
        expect(due).toBeGreaterThan(askedAt + 50_000)
        expect(due).toBeLessThanOrEqual(askedAt + 55_000)
      }),
    )
    // An answer comes a little after the beat that it was asked on: at rest the beats are the interval apart.
    expect(dueOf(100_040, 50)).toBe(155_000)
    // More than a bucket's burst could serve fall due each second instead.
    expect(dueOf(100_040, 200)).toBe(155_000)
    expect(dueOf(101_040, 200)).toBe(156_000)
  })

  it('lets nothing wait for a beat that moves, fails or was told of', () => {
    const due = (rest: Partial<Subject>) =>
      pollPlan([subject('a', { askedAt: 100_123, ...rest })], at(100_123, { room: 0, everywhere: 1000 })).nextAt
    expect(due({ attention: 'running' })).toBe(103_623)
    expect(due({ failures: 1 })).toBe(160_123)
    expect(due({ hintedFrom: 100_200 })).toBe(100_423)
  })

  it('asks no oftener for being spread over many accounts', () => {
    expect(intervalOf(subject('a'), 17, { ...usually, everywhere: 1000 })).toBe(55_000)
  })

  it('lets two APIs share what is too much for one', () => {
    expect(idlePace(220, 5)).toEqual({ perSecond: 4, crowded: false })
    expect(idlePace(221, 5)).toEqual({ perSecond: 8, crowded: true })
  })

  it('only heals where events tell of changes', () => {
    const pushed = { ...usually, pushed: true }
    expect(intervalOf(subject('a'), 50, pushed)).toBe(900_000)
    expect(intervalOf(subject('a', { attention: 'running' }), 50, pushed)).toBe(30_000)
    expect(intervalOf(subject('a', { attention: 'open' }), 50, pushed)).toBe(5_000)
  })

  it('asks at once for what an event told of, whatever room there is, and not again for each event of a swarm', () => {
    const told = subject('told', { askedAt: 10_000, hintedFrom: 10_050 })
    expect(pollPlan([told], at(10_100, { pushed: true, room: 0 }))).toEqual({ ask: [], nextAt: 10_300 })
    expect(names(pollPlan([told], at(10_300, { pushed: true, room: 0 })))).toEqual(['told'])
  })

  it('never asks what is being asked, nor more than there is room for beside the open ones', () => {
    fc.assert(
      fc.property(subjects, fc.integer({ min: 0, max: 8 }), fc.boolean(), (all, room, hidden) => {
        const { ask } = pollPlan(all, at(50_000, { room, hidden }))
        expect(ask.some(({ asking }) => asking)).toBe(false)
        expect(ask.filter(({ attention }) => attention !== 'open').length).toBeLessThanOrEqual(room)
        expect(new Set(ask).size).toBe(ask.length)
      }),
    )
  })

  it('never lets idle pipelines use more than their share of the budget', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.boolean(), fc.boolean(), (count, hidden, pushed) => {
        const perSecond = (count / intervalOf(subject('a'), count, { ...usually, hidden, pushed })) * 1000
        expect(perSecond).toBeLessThanOrEqual(usually.idlePerSecond + 1e-6)
      }),
    )
  })

  it('names the next time as one that lies ahead, and asks somebody then', () => {
    fc.assert(
      fc.property(subjects, fc.boolean(), (all, pushed) => {
        const plan = pollPlan(all, at(50_000, { pushed }))
        if (plan.nextAt === undefined) return
        expect(plan.nextAt).toBeGreaterThan(50_000)
        expect(pollPlan(all, at(plan.nextAt, { pushed, room: 1000 })).ask.length).toBeGreaterThan(0)
      }),
    )
  })

  it('asks what fails less and less often', () => {
    const often = intervalOf(subject('a', { attention: 'open' }), 1, usually)
    const failing = intervalOf(subject('a', { attention: 'open', failures: 3 }), 1, usually)
    const broken = intervalOf(subject('a', { attention: 'open', failures: 30 }), 1, usually)
    expect([failing, broken]).toEqual([often * 8, 60_000])
  })

  it('asks first what was never asked, then what is known from an earlier start, the oldest first', () => {
    const all = [
      subject('old', { askedAt: 0 }),
      subject('yesterday', { knownAt: 2 }),
      subject('last week', { knownAt: 1 }),
      subject('new'),
    ]
    expect(names(pollPlan(all, at(100_000)))).toEqual(['new', 'last week', 'yesterday', 'old'])
  })

  it('always leaves one place to an idle one, however many run', () => {
    const running = Array.from({ length: 20 }, (_, n) => subject(`r${n}`, { attention: 'running', askedAt: 0 }))
    const all = [...running, subject('idle', { askedAt: 1 })]
    expect(names(pollPlan(all, at(100_000, { room: 3 })))).toEqual(['r0', 'r1', 'idle'])
    expect(names(pollPlan([...all, subject('asked', { asking: true })], at(100_000, { room: 3 })))).not.toContain(
      'idle',
    )
  })
})
