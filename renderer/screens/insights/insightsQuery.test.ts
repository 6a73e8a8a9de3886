import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scope } from '../../../preload/contract/metrics.ts'
import { comparisons, insightsQuery, insightTabs, metricsQuery, parseInsights, spans } from './insightsQuery.ts'

const account = fc.stringMatching(/^\d{12}$/)
const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  fc.record({ kind: fc.constant('account' as const), account }),
  fc.record({ kind: fc.constant('application' as const), application: fc.string({ minLength: 1, maxLength: 40 }) }),
  fc.record({
    kind: fc.constant('pipeline' as const),
    key: fc.record({ account, region: fc.constant('us-east-1'), name: fc.stringMatching(/^[A-Za-z0-9.@\-_]{1,100}$/) }),
  }),
)
const view = fc.record(
  {
    scope,
    days: fc.constantFrom(...spans),
    sampleData: fc.boolean(),
    tab: fc.constantFrom(...insightTabs),
    by: fc.constantFrom(...comparisons),
    series: fc.string({ minLength: 1, maxLength: 40 }),
  },
  { requiredKeys: ['scope', 'days', 'tab', 'by'] },
)

describe('the address of an insight', () => {
  it('is read back as what it was made of', () => {
    fc.assert(
      fc.property(view, asked => {
        expect(parseInsights(insightsQuery(asked))).toEqual(asked)
      }),
    )
  })

  it('is two weeks of everything when it says nothing, or nonsense', () => {
    const plain = { scope: { kind: 'all' }, days: 14, tab: 'overview', by: 'pipeline' }
    expect(parseInsights('')).toEqual(plain)
    expect(parseInsights('days=31&pipeline=a/b/c&account=7&tab=none&samples=yes&by=name')).toEqual(plain)
  })

  it('asks for whole days up to the end of today, in weeks when they are many', () => {
    const now = Date.UTC(2026, 10, 23, 7, 30)
    const asked = parseInsights('days=7')
    expect(metricsQuery(asked, true, now)).toMatchObject({
      period: { from: '2026-11-17T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' },
      bucket: 'day',
      sampleData: true,
    })
    expect(metricsQuery({ ...asked, days: 90 }, false, now).bucket).toBe('week')
  })
})
