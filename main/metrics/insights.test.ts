import { describe, expect, it } from 'vitest'
import { applicationsOf } from './applications.ts'
import { bucketStart, bucketStarts } from './buckets.ts'
import { changePoint } from './changePoint.ts'
import { productionPast } from './deployments.ts'
import { durationsOf } from './durations.ts'
import { explainLeadTime } from './explain.ts'
import { flakyActions } from './flaky.ts'
import { dayMs, definition, hour, iso, key, minute, monday, pastOf, type Story } from './past.testing.ts'
import { productionStage } from './production.ts'
import { regressionsOf } from './regressions.ts'
import { timeSpent } from './timeSpent.ts'

const fortnight = { from: monday, to: monday + 14 * dayMs }
const week = (n: number) => ({ from: monday + (n - 1) * 7 * dayMs, to: monday + n * 7 * dayMs })

/** One deployment: build and approval as long as told (min), source and deployment a minute each. */
const deployed = (id: string, at: number, build: number, approval: number, more: Partial<Story> = {}): Story => ({
  id,
  at,
  revision: id,
  attempts: [
    ['Git', 0, minute],
    ['Compile', minute, (1 + build) * minute],
    ['Approve', (1 + build) * minute, (1 + build + approval) * minute],
    ['Deploy', (1 + build + approval) * minute, (2 + build + approval) * minute],
  ],
  ...more,
})

describe('durations', () => {
  it('gives p50 and p90 of the execution, each stage and each action, of those that succeeded', () => {
    const stories = [1, 2, 3, 4, 10].map((build, n) => deployed(`e${n}`, monday + n * dayMs, build, 0))
    const failed: Story = {
      ...deployed('bad', monday + 6 * dayMs, 99, 0),
      state: 'failed',
      attempts: [
        ['Git', 0, minute],
        ['Compile', minute, 100 * minute, 'failed'],
      ],
    }
    const series = durationsOf(pastOf([...stories, failed]), fortnight, 'week')
    expect(series.map(({ stage, action }) => [stage, action])).toEqual([
      ['', undefined],
      ['Source', undefined],
      ['Source', 'Git'],
      ['Build', undefined],
      ['Build', 'Compile'],
      ['Prod', undefined],
      ['Prod', 'Approve'],
      ['Prod', 'Deploy'],
    ])
    const compile = series.find(({ action }) => action === 'Compile')
    expect(compile).toMatchObject({ p50: 3 * minute, p90: 10 * minute, count: 5, failures: 1, kind: 'build' })
    expect(compile?.points).toEqual([
      { start: iso(monday), p50: 3 * minute, p90: 10 * minute, count: 5 },
      { start: iso(monday + 7 * dayMs), count: 0 },
    ])
    expect(series[0]).toMatchObject({ p50: 5 * minute, failures: 1 })
  })
})

describe('flaky actions', () => {
  const failing = (id: string, at: number, more: Partial<Story> = {}): Story => ({
    ...deployed(id, at, 0, 0),
    state: 'failed',
    attempts: [
      ['Git', 0, minute],
      ['Compile', minute, 3 * minute, 'failed'],
    ],
    ...more,
  })

  it('counts a failure that a retry of the same execution mends', () => {
    const past = pastOf([
      {
        ...deployed('a', monday, 0, 0),
        attempts: [
          ['Compile', 0, 2 * minute, 'failed'],
          ['Compile', 10 * minute, 12 * minute],
        ],
      },
    ])
    expect(flakyActions(past, fortnight)).toEqual([
      expect.objectContaining({
        action: 'Compile',
        flakes: 1,
        attempts: 2,
        share: 0.5,
        lostMs: 10 * minute,
        error: 'JobFailed',
      }),
    ])
  })

  it('counts one that another execution of the same revision mends', () => {
    const past = pastOf([failing('a', monday), deployed('b', monday + hour, 2, 0, { revision: 'a' })])
    expect(flakyActions(past, fortnight)[0]).toMatchObject({ flakes: 1, lostMs: hour })
  })

  it('does not count one that a new revision or a new version of the definition mends', () => {
    const fixed = pastOf([failing('a', monday), deployed('b', monday + hour, 2, 0)])
    const redefined = pastOf([failing('a', monday), deployed('b', monday + hour, 2, 0, { revision: 'a', version: 2 })])
    expect([...flakyActions(fixed, fortnight), ...flakyActions(redefined, fortnight)]).toEqual([])
  })
})

describe('regressions', () => {
  const slower = (more: (n: number) => Partial<Story>) =>
    Array.from({ length: 20 }, (_, n) =>
      deployed(`e${n}`, monday + n * 12 * hour, n < 10 ? 4 + (n % 2) / 10 : 8 + (n % 2) / 10, 0, more(n)),
    )

  it('names the execution since which an action is slower, and the version that came with it', () => {
    const past = pastOf(
      slower(n => ({ version: n < 10 ? 1 : 2 })),
      { versions: 2 },
    )
    expect(regressionsOf(past, fortnight)).toEqual([
      expect.objectContaining({
        action: 'Compile',
        executionId: 'e10',
        beforeMs: 4 * minute,
        afterMs: 8 * minute,
        factor: 2,
        beforeCount: 10,
        afterCount: 10,
        cause: { kind: 'definition', from: 1, to: 2, what: ['Version: 1 → 2'] },
      }),
    ])
  })

  it('names the buildspec, or else the revision, that came with it', () => {
    const builds = slower(() => ({})).map(({ id, at }, n) => ({
      id: `shop:${id}-1`,
      project: 'shop',
      startedAt: iso(at),
      queuedSeconds: 0,
      status: 'SUCCEEDED',
      buildspec: n < 10 ? 'inline a' : 'inline b',
    }))
    const stories = slower(() => ({}))
    expect(regressionsOf(pastOf(stories, { builds }), fortnight)[0]?.cause).toEqual({
      kind: 'buildspec',
      from: 'inline a',
      to: 'inline b',
    })
    expect(regressionsOf(pastOf(stories), fortnight)[0]?.cause).toMatchObject({ kind: 'revision', revision: 'e10' })
  })

  it('sees none in noise, in what became faster, or outside the period', () => {
    const noise = Array.from({ length: 30 }, (_, n) => deployed(`e${n}`, monday + n * hour, 4 + ((n * 7) % 5), 0))
    const faster = Array.from({ length: 20 }, (_, n) => deployed(`e${n}`, monday + n * hour, n < 10 ? 8 : 4, 0))
    expect(regressionsOf(pastOf(noise), fortnight)).toEqual([])
    expect(regressionsOf(pastOf(faster), fortnight)).toEqual([])
    expect(regressionsOf(pastOf(slower(() => ({}))), week(5))).toEqual([])
  })

  it('finds where a series changed, and that a short one tells nothing', () => {
    expect(changePoint([1, 2, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8])?.index).toBe(6)
    expect(changePoint([1, 2, 3])).toBeUndefined()
  })
})

describe('why the lead time doubled', () => {
  const before = Array.from({ length: 6 }, (_, n) => deployed(`a${n}`, monday + n * dayMs, 4, 14))
  const after = Array.from({ length: 6 }, (_, n) => deployed(`b${n}`, monday + (7 + n) * dayMs, 4, 34))
  const explained = explainLeadTime([productionPast(pastOf([...before, ...after]))], week(2))

  it('says it in one sentence', () => {
    expect(explained.answer).toBe(
      'The mean lead time is 2 times that of the period before, 20 min longer: 100 % of the difference is time waiting for approvals.',
    )
  })

  it('splits the difference into parts that add up to it', () => {
    expect(explained.parts[0]).toEqual({
      kind: 'approval',
      beforeMs: 14 * minute,
      afterMs: 34 * minute,
      differenceMs: 20 * minute,
    })
    const sum = explained.parts.reduce((total, { differenceMs }) => total + differenceMs, 0)
    expect(sum).toBe((explained.after.meanMs ?? 0) - (explained.before.meanMs ?? 0))
    expect(explained.actions[0]).toMatchObject({ stage: 'Prod', action: 'Approve', differenceMs: 20 * minute })
    expect(explained.slowest).toHaveLength(5)
  })

  it('blames no action where only the mix of pipelines changed', () => {
    const past = (name: string, minutes: number, counts: readonly [number, number]) => {
      const stories = counts.flatMap((count, week) =>
        Array.from({ length: count }, (_, n) =>
          deployed(`${name}${week}-${n}`, monday + week * 7 * dayMs + n * 4 * hour, 4, minutes),
        ),
      )
      const of = productionPast(pastOf(stories))
      const own = { ...key, name }
      return { ...of, key: own, deployments: of.deployments.map(each => ({ ...each, key: own })) }
    }
    const { answer } = explainLeadTime([past('slow', 60, [6, 6]), past('quick', 0, [6, 30])], week(2))
    expect(answer).toMatch(
      /min shorter: it comes from which pipelines deployed, and how often; .* changed it by 0 s\.$/,
    )
  })

  it('says that there is not enough data where there is not', () => {
    const few = explainLeadTime([productionPast(pastOf(before))], week(2))
    expect(few.answer).toBe('Not enough data: 6 deployments before and 0 in the period, 5 of each are needed.')
  })
})

describe('what belongs together', () => {
  it('goes by the tag, else by the name without where it is', () => {
    const named = (name: string, tags?: Record<string, string>) => ({ key: { ...key, name }, tags })
    const found = applicationsOf([
      named('web-shop'),
      named('web-shop-europe'),
      named('payments-eu-west-1-prod'),
      named('odd', { Application: 'payments' }),
    ])
    expect(found.map(({ name, rule, pipelines }) => [name, rule, pipelines.length])).toEqual([
      ['payments', 'tag', 2],
      ['web-shop', 'name', 2],
    ])
  })

  it('takes the stage into a production account for production, then one of that name, then the last deployment', () => {
    const of = (environment: 'production' | 'unknown', names: [string, string]) => {
      const all = definition()
      const [source, build, prod] = all.stages
      if (!source || !build || !prod) throw new Error('no stages')
      const stages = [source, build, { ...prod, name: names[0] }, { ...prod, name: names[1] }]
      return productionStage({ ...all, stages }, key.account, () => environment).stage
    }
    expect(of('production', ['Prod', 'After'])).toBe('After')
    expect(of('unknown', ['Prod', 'After'])).toBe('Prod')
    expect(of('unknown', ['One', 'Two'])).toBe('Two')
  })
})

describe('time and its buckets', () => {
  it('adds the shares of where time goes up to 1', () => {
    const spent = timeSpent([pastOf([deployed('a', monday, 4, 14)])], fortnight)
    expect(spent.map(({ kind, share }) => [kind, share])).toEqual([
      ['approval', 0.7],
      ['build', 0.2],
      ['source', 0.05],
      ['deploy', 0.05],
    ])
  })

  it('begins weeks on Monday and days at midnight, of UTC', () => {
    const sunday = Date.UTC(2026, 2, 8, 23, 59)
    expect(bucketStart(sunday, 'week')).toBe(monday)
    expect(bucketStart(sunday, 'day')).toBe(Date.UTC(2026, 2, 8))
    expect(bucketStarts({ from: sunday, to: sunday + 2 * minute }, 'week')).toEqual([monday, monday + 7 * dayMs])
  })
})
