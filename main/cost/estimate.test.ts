import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attemptUsage, minutesUp } from './attemptUsage.ts'
import { book, build, fact, march } from './cost.testing.ts'
import { estimate, merged } from './estimate.ts'
import { freeShares, shared } from './freeTiers.ts'
import { exactly, microsOf, money, priced } from './money.ts'
import { monthsUntil, spanOfMonth } from './months.ts'
import { activeMonths } from './pipelineMonth.ts'
import { addUsage, type Machine, noUsage, scaledUsage, type Usage, usageOf } from './usage.ts'

const region = 'us-east-1'
const of = (type: 'V1' | 'V2', more: Partial<Usage> = {}): Usage => ({ ...noUsage(region, type), ...more })
const minutes = (usages: Usage[]) => usages.map(usage => estimate(usage, undefined, book, []).total)

describe('the V2 rule', () => {
  it('rounds each action up to whole minutes, from its start to its end', () => {
    expect(
      [0, 1, 59, 60, 61, 600].map(took => attemptUsage(fact('Deploy', took), undefined, undefined, undefined).minutes),
    ).toEqual([0, 1, 1, 1, 2, 10])
  })

  it('bills neither manual approvals nor custom actions, nor what has not ended', () => {
    const approval = fact('Approve', 7200, { category: 'Approval', provider: 'Manual' })
    const custom = fact('Jenkins', 600, { category: 'Build', owner: 'Custom', provider: 'Jenkins' })
    const running = fact('Deploy', 600, { state: 'running' })
    const told = [approval, custom, running].map(each => attemptUsage(each, undefined, undefined, undefined))
    expect(told.map(each => [each.minutes, each.exempt])).toEqual([
      [0, 'Manual approvals are not billed.'],
      [0, 'Custom actions are not billed.'],
      [0, 'It has not ended.'],
    ])
  })

  it('bills failed and retried attempts like all others', () => {
    const attempts = [fact('Deploy', 61, { state: 'failed' }), fact('Deploy', 30)]
    const usage = usageOf(
      attempts.map(each => attemptUsage(each, undefined, undefined, undefined)),
      region,
      'V2',
    )
    expect(usage.minutes).toEqual(exactly(3))
  })

  it('costs $0.002 a minute after 100 free minutes of the account: Σ⌈…⌉ − 100, × 0.002', () => {
    // Three pipelines of an account with 150, 60 and 40 minutes: 250 − 100 = 150 minutes = $0.30.
    const usages = [150, 60, 40].map(each => of('V2', { minutes: exactly(each) }))
    const free = freeShares(usages)
    const estimates = usages.map((usage, index) => estimate(usage, free[index], book, []))
    expect(merged(estimates, book).total).toEqual(money(300_000, 300_000))
    // Its parts of the free 100: 60, 24, 16.
    expect(estimates.map(({ total }) => total.low)).toEqual([180_000, 72_000, 48_000])
  })

  it('costs nothing within the free minutes', () => {
    const usage = of('V2', { minutes: exactly(99) })
    expect(estimate(usage, freeShares([usage])[0], book, []).total).toEqual(money(0, 0))
  })
})

describe('the V1 rule', () => {
  it('costs $1 for each active pipeline of a month but the first', () => {
    const usages = [1, 1, 1, 0].map(each => of('V1', { activeMonths: exactly(each) }))
    const free = freeShares(usages)
    const estimates = usages.map((usage, index) => estimate(usage, free[index], book, []))
    expect(merged(estimates, book).total).toEqual(money(2_000_000, 2_000_000))
  })

  it('counts as active what is older than 30 days and ran a code change in the month', () => {
    const span = spanOfMonth('2026-03')
    const execution = (type: string, id = 'r1') => ({
      id: 'e',
      state: 'succeeded' as const,
      status: 'Succeeded',
      type: 'STANDARD' as const,
      startedAt: new Date(march).toISOString(),
      updatedAt: new Date(march).toISOString(),
      revisions: [{ actionName: 'Git', id }],
      trigger: { type },
      sample: false,
    })
    const pushed = [execution('CloudWatchEvent')]
    const manual = [execution('StartPipelineExecution')]
    const active = (ran: typeof pushed, createdAt?: string) => activeMonths(ran, ran, createdAt, span)
    expect(active([], '2025-01-01T00:00:00Z')).toEqual({ low: 0, high: 0 })
    expect(active(pushed, '2025-01-01T00:00:00Z')).toEqual({ low: 1, high: 1 })
    expect(active(pushed, '2026-03-20T00:00:00Z')).toEqual({ low: 0, high: 0 })
    expect(active(pushed, '2026-02-15T00:00:00Z')).toEqual({ low: 0, high: 1 })
    expect(active(pushed)).toEqual({ low: 0, high: 1 })
    expect(active(manual, '2025-01-01T00:00:00Z')).toEqual({ low: 0, high: 1 })
  })
})

describe('builds', () => {
  const builds = { category: 'Build', provider: 'CodeBuild' } as const

  it('are billed by the compute type of the build itself, minutes rounded up', () => {
    const small = attemptUsage(fact('Compile', 130, builds), undefined, build(125), undefined)
    expect(small.build).toEqual({ compute: 'linux.small', minutes: exactly(3), told: true })
    const used = usageOf([small], region, 'V2')
    // 3 V2 minutes and 3 minutes at $0.005
    expect(estimate(used, undefined, book, []).total).toEqual(money(21_000, 21_000))
  })

  it('are a range where the wait for a machine may or may not be billed', () => {
    const waited = attemptUsage(fact('Compile', 300, builds), undefined, build(300, { queuedSeconds: 130 }), undefined)
    expect(waited.build?.minutes).toEqual({ low: 3, high: 5 })
  })

  it('are anything from small to 2xlarge where CodeBuild has forgotten them, unless the project has others', () => {
    const lost = attemptUsage(fact('Compile', 60, builds), undefined, undefined, undefined)
    const { total, pricing } = estimate(usageOf([lost], region, 'V1'), undefined, book, [])
    expect(total).toEqual(money(5_000, 250_000))
    expect(pricing.unconfirmed).toContain('codebuild.linux.2xlarge')
    const known = attemptUsage(fact('Compile', 60, builds), undefined, undefined, 'linux.medium')
    expect(estimate(usageOf([known], region, 'V1'), undefined, book, []).total).toEqual(money(10_000, 10_000))
  })

  it('have 100 free minutes on small machines; on others perhaps', () => {
    const usage = of('V1', {
      builds: new Map<Machine, { low: number; high: number }>([
        ['linux.small', exactly(40)],
        ['linux.large', exactly(80)],
      ]),
    })
    // At most 80 × $0.02, at least 20 × $0.02.
    expect(estimate(usage, freeShares([usage])[0], book, []).total).toEqual(money(400_000, 1_600_000))
  })
})

describe('estimates', () => {
  const whole = fc.integer({ min: 0, max: 100_000 })
  const range = fc.tuple(whole, fc.nat(500)).map(([low, more]) => ({ low, high: low + more }))
  const machine = fc.constantFrom<Machine>('linux.small', 'linux.medium', 'linux.2xlarge', 'arm.small', 'unknown')
  const anyUsage = (type: fc.Arbitrary<'V1' | 'V2'>) =>
    fc.record({
      region: fc.constant(region),
      type,
      activeMonths: fc.constantFrom({ low: 0, high: 0 }, { low: 0, high: 1 }, { low: 1, high: 1 }),
      minutes: whole.map(exactly),
      builds: fc
        .uniqueArray(fc.tuple(machine, range), { selector: ([name]) => name, maxLength: 4 })
        .map(entries => new Map(entries)),
      storedGb: whole.map(exactly),
      puts: whole.map(n => n * 1000),
      gets: whole.map(n => n * 10_000),
      keys: fc.constantFrom({ low: 0, high: 0 }, { low: 0, high: 1 }),
      keyRequests: whole.map(n => exactly(n * 10_000)),
    })
  const either = fc.constantFrom<'V1' | 'V2'>('V1', 'V2')
  const total = (usage: Usage) => estimate(usage, undefined, book, []).total

  it('add up: two uses cost as much together as apart', () => {
    const pair = either.chain(type => fc.tuple(anyUsage(fc.constant(type)), anyUsage(fc.constant(type))))
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [x, y, both] = [total(a), total(b), total(addUsage(a, b))]
        expect(both).toEqual(money(x.low + y.low, x.high + y.high))
      }),
    )
  })

  it('never fall when more is used, and never run backwards', () => {
    fc.assert(
      fc.property(anyUsage(either), fc.double({ min: 1, max: 5, noNaN: true }), (usage, factor) => {
        const [less, more] = [total(usage), total(scaledUsage(usage, factor))]
        expect(more.low).toBeGreaterThanOrEqual(less.low)
        expect(more.high).toBeGreaterThanOrEqual(less.high)
        expect(less.high).toBeGreaterThanOrEqual(less.low)
      }),
    )
  })

  it('never fall below nothing by free tiers, and are the lines’ sum to the millionth', () => {
    fc.assert(
      fc.property(fc.array(anyUsage(either), { minLength: 1, maxLength: 6 }), usages => {
        const free = freeShares(usages)
        const estimates = usages.map((usage, index) => estimate(usage, free[index], book, []))
        for (const { total: one, lines } of estimates) {
          expect(one.low).toBeGreaterThanOrEqual(0)
          expect(one.high).toBeGreaterThanOrEqual(one.low)
          expect(lines.reduce((sum, { amount }) => sum + amount.high, 0)).toBe(one.high)
        }
        const all = merged(estimates, book)
        expect(all.lines.reduce((sum, { amount }) => sum + amount.low, 0)).toBe(all.total.low)
        expect(minutes(usages).reduce((sum, { high }) => sum + high, 0)).toBeGreaterThanOrEqual(all.total.high)
      }),
    )
  })

  it('share whole units that add up, none getting more than it used', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.array(fc.nat(300), { maxLength: 12 }), (free, weights) => {
        const parts = shared(free, weights)
        const used = weights.reduce((sum, weight) => sum + weight, 0)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(Math.min(free, used))
        parts.forEach((part, index) => {
          expect(Number.isInteger(part)).toBe(true)
          expect(part).toBeLessThanOrEqual(weights[index] ?? 0)
        })
      }),
    )
  })

  it('name unconfirmed prices, and regions that are priced as us-east-1', () => {
    const { pricing } = estimate(
      { ...of('V2', { minutes: exactly(1), puts: 5 }), region: 'eu-west-1' },
      undefined,
      book,
      [],
    )
    expect(pricing).toMatchObject({ unconfirmed: ['s3.put'], assumed: ['eu-west-1'] })
  })
})

describe('amounts', () => {
  it('are whole millionths, read from decimal text without a float between', () => {
    expect(microsOf('0.0050000000')).toEqual({ micros: 5_000, per: 1 })
    expect(microsOf('0.0000004')).toEqual({ micros: 4, per: 10 })
    expect(microsOf('1')).toEqual({ micros: 1_000_000, per: 1 })
    expect(microsOf('a lot')).toBeUndefined()
    expect(priced(exactly(12_345), book.price('s3.get', region))).toEqual(money(4_938, 4_938))
  })

  it('count minutes and months as AWS does', () => {
    expect([minutesUp(0), minutesUp(1), minutesUp(60_000), minutesUp(-5)]).toEqual([0, 1, 1, 0])
    expect(monthsUntil('2026-02', 3)).toEqual(['2025-12', '2026-01', '2026-02'])
    expect(spanOfMonth('2026-12').to).toBe(Date.UTC(2027, 0, 1))
  })
})
