import { describe, expect, it } from 'vitest'
import type { WhatIfBase } from '../../preload/contract/cost.ts'
import { listedPrices } from '../aws/pricing.ts'
import { definition, iso, monday, pastOf } from '../metrics/past.testing.ts'
import { breakEven } from './breakEven.ts'
import { book } from './cost.testing.ts'
import { fromPriceList } from './fromPriceList.ts'
import { exactly, money } from './money.ts'
import { needsV2 } from './needsV2.ts'
import { pipelineMonth } from './pipelineMonth.ts'
import { bestTypes, billOf, type Switchable } from './switchTypes.ts'
import { wasteOf } from './waste.ts'
import { whatIf } from './whatIf.ts'
import { savingOf } from './words.ts'

const v1 = book.price('codepipeline.v1.pipeline', 'us-east-1')
const v2 = book.price('codepipeline.v2.minute', 'us-east-1')

describe('break-even', () => {
  it('lies at 500 V2 minutes a month: $1 by $0.002', () => {
    const even = breakEven({ executions: 40, minutes: 400, active: exactly(1) }, v1, v2)
    expect(even).toEqual({
      minutesPerMonth: 500,
      minutesPerExecution: 10,
      executionsPerMonth: 50,
      executionsNow: 40,
      cheaper: 'V2',
    })
    expect(breakEven({ executions: 60, minutes: 600, active: exactly(1) }, v1, v2).cheaper).toBe('V1')
    expect(breakEven({ executions: 50, minutes: 500, active: exactly(1) }, v1, v2).cheaper).toBe('same')
    expect(breakEven({ executions: 60, minutes: 600, active: { low: 0, high: 1 } }, v1, v2).cheaper).toBe('V1')
    expect(breakEven({ executions: 40, minutes: 400, active: { low: 0, high: 1 } }, v1, v2).cheaper).toBe('unknown')
  })
})

describe('what V2 would save', () => {
  const pipeline = (type: 'V1' | 'V2', minutes: number, needs = false): Switchable => ({
    type,
    minutes,
    active: exactly(1),
    needsV2: needs,
  })
  const account = [pipeline('V1', 50), pipeline('V1', 900), pipeline('V2', 2000), pipeline('V2', 1500, true)]
  const bill = (as: ('V1' | 'V2')[]) =>
    billOf(
      account.map((each, index) => ({ ...each, as: as[index] ?? 'V2' })),
      v1,
      v2,
    )

  it('is the difference of the account’s bills, free tiers and all', () => {
    // Now: 2 active − 1 free = $1; 3,500 − 100 = 3,400 minutes = $6.80.
    expect(bill(['V1', 'V1', 'V2', 'V2'])).toEqual(money(7_800_000, 7_800_000))
    // All V2: 4,450 − 100 minutes = $8.70.
    expect(bill(['V2', 'V2', 'V2', 'V2'])).toEqual(money(8_700_000, 8_700_000))
  })

  it('chooses the cheapest of all choices, and leaves alone what needs V2', () => {
    expect(bestTypes(account, v1, v2)).toEqual(['V2', 'V1', 'V1', 'V2'])
    const all = [0, 1, 2, 3, 4, 5, 6, 7].map(bits => bill([0, 1, 2].map(n => (bits & (1 << n) ? 'V1' : 'V2'))).high)
    expect(bill(bestTypes(account, v1, v2)).high).toBe(Math.min(...all))
  })

  it('is said in words', () => {
    expect(savingOf(money(1_200_000, 1_200_000))).toBe('save $1.20 a month')
    expect(savingOf(money(-900_000, -400_000))).toBe('cost $0.40 to $0.90 a month more')
    expect(savingOf(money(-100_000, 200_000))).toBe('cost up to $0.10 more or save up to $0.20 a month')
    expect(savingOf(money(0, 0))).toBe('cost the same')
  })

  it('knows what V1 does not have', () => {
    expect(needsV2(definition())).toEqual([])
    expect(needsV2({ ...definition(), mode: 'QUEUED' })).toEqual(['execution mode QUEUED'])
  })
})

describe('what if', () => {
  const base: WhatIfBase = {
    region: 'us-east-1',
    type: 'V2',
    executionsPerDay: 10,
    otherMinutes: 2,
    builds: [{ name: 'Build / Compile', compute: 'linux.small', perExecution: 1, seconds: 290, repeats: 0 }],
    storedGb: exactly(0),
    freePipelineMinutes: 100,
    freeBuildMinutes: 100,
  }

  it('costs a month of 30 days as by hand', () => {
    // 300 executions: V2 300 × (2 + 5) − 100 = 2,000 minutes = $4.00; builds 1,500 − 100 = 1,400 × $0.005 = $7.00.
    const { before, after, saves } = whatIf(base, {}, book)
    expect(before.total).toEqual(money(11_000_000, 11_000_000))
    expect(after).toEqual(before)
    expect(saves).toEqual(money(0, 0))
  })

  it('gives a range for another machine: as much faster as it has more cores, or not at all', () => {
    // Medium: 5 minutes at most, 145 s → 3 at least, at $0.01; the free minutes may not cover it.
    const { after } = whatIf(base, { compute: 'linux.medium' }, book)
    expect(after.total.high).toBe(4_000_000 + 15_000_000)
    // V2 300 × 5 − 100 = 1,400 = $2.80; builds 900 − 100 = 800 × $0.01 = $8.00
    expect(after.total.low).toBe(2_800_000 + 8_000_000)
  })

  it('takes a cache, fewer repeats, more executions and the other type', () => {
    // Half of 290 s: 3 minutes.
    expect(whatIf(base, { cacheSaves: 0.5 }, book).saves.low).toBe(300 * 2 * 2_000 + 300 * 2 * 5_000)
    const often = { ...base, builds: base.builds.map(each => ({ ...each, perExecution: 2, repeats: 0.5 })) }
    expect(whatIf(often, { fewerRepeats: 1 }, book).after.total).toEqual(whatIf(base, {}, book).before.total)
    expect(whatIf(base, { executionsPerDay: 20 }, book).saves.high).toBe(-(2_100 * 2_000 + 1_500 * 5_000))
    expect(whatIf(base, { type: 'V1' }, book).saves.low).toBe(4_000_000 - 1_000_000)
  })
})

describe('waste', () => {
  it('finds builds repeated without a change, and minutes that failed', () => {
    const minute = 60_000
    const run = (id: string, at: number, revision: string, state: 'succeeded' | 'failed' = 'succeeded') => ({
      id,
      at,
      revision,
      attempts: [['Compile', 0, 3 * minute, state] as ['Compile', number, number, 'succeeded' | 'failed']],
    })
    const stories = [
      run('a', monday, 'r1'),
      run('b', monday + 10 * minute, 'r1'),
      run('c', monday + 20 * minute, 'r2', 'failed'),
      run('d', monday + 30 * minute, 'r2'),
    ]
    const builds = stories.map(({ id, at }) => ({
      id: `shop:${id}-0`,
      project: 'shop',
      computeType: 'BUILD_GENERAL1_SMALL',
      environmentType: 'LINUX_CONTAINER',
      startedAt: iso(at),
      endedAt: iso(at + 3 * minute),
      queuedSeconds: 0,
      status: 'SUCCEEDED',
    }))
    const past = pastOf(stories, { builds })
    const span = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 3, 1) }
    const month = pipelineMonth(past, 'V2', {}, span, new Map())
    const found = wasteOf(month, past.executions, book)
    // Three minutes of V2 and of a small machine each: 3 × (0.002 + 0.005).
    expect(found.map(({ kind, count, minutes, amount }) => [kind, count, minutes, amount.high])).toEqual([
      ['repeatedBuild', 1, 3, 21_000],
      ['failedMinutes', 1, 3, 21_000],
    ])
    expect(found[0]?.executionId).toBe('b')
  })
})

describe('a price list of AWS', () => {
  const item = (usagetype: string, USD: string, unit = 'minutes') =>
    JSON.stringify({
      product: { sku: 'X', productFamily: 'Compute', attributes: { usagetype, regionCode: 'eu-west-1' } },
      terms: {
        OnDemand: {
          'X.1': {
            effectiveDate: '2026-10-01T00:00:00Z',
            priceDimensions: { 'X.1.1': { unit, description: '', beginRange: '0', pricePerUnit: { USD } } },
          },
        },
      },
    })

  it('is read where it can be, and left where it is of another shape', () => {
    expect(listedPrices('{"half":')).toBeUndefined()
    expect(listedPrices('{"product":{}}')).toBeUndefined()
    const listed = [
      item('EUW1-Build-Min:Linux:g1.small', '0.0053000000'),
      item('EUW1-Build-Min:Linux:odd', '9'),
    ].flatMap(each => listedPrices(each) ?? [])
    expect(fromPriceList('CodeBuild', 'eu-west-1', listed, id => id, iso(monday))).toEqual([
      expect.objectContaining({
        id: 'codebuild.linux.small',
        region: 'eu-west-1',
        low: 5_300,
        high: 5_300,
        per: 1,
        date: '2026-10-01',
        confirmed: true,
      }),
    ])
  })

  it('never takes a free tier for the price', () => {
    const listed = [
      item('EUN1-activePipeline', '0', 'pipelines'),
      item('EUN1-trialPipeline', '0', 'pipelines'),
    ].flatMap(each => listedPrices(each) ?? [])
    expect(fromPriceList('AWSCodePipeline', 'eu-west-1', listed, id => id, iso(monday))).toEqual([])
  })
})
