import type { Estimate, FreeTier } from '../../preload/contract/cost.ts'
import { estimate, merged } from './estimate.ts'
import { freeBuildMinutes, freeMinutes, freePipelines, freeShares } from './freeTiers.ts'
import { elapsedShare } from './months.ts'
import type { PipelineMonth } from './pipelineMonth.ts'
import type { PriceBook } from './priceBook.ts'
import { buildMinutes, scaledUsage, type Usage } from './usage.ts'

/** What an account's pipelines cost in a month: each with its part of the free tiers, so that they add up. */
export interface AccountMonth {
  pipelines: { month: PipelineMonth; estimate: Estimate }[]
  estimate: Estimate
  /** The same scaled to the whole month, and each pipeline's. */
  projected: { total: Estimate; pipelines: Estimate[] }
  freeTiers: FreeTier[]
}

/** Pure. `now` says how much of the month is over. */
export function accountMonth(months: readonly PipelineMonth[], book: PriceBook, now: number): AccountMonth {
  const usages = months.map(({ usage }) => usage)
  const estimates = estimatesOf(months, usages, book)
  const scaled = months.map(({ usage, span }) => {
    const share = elapsedShare(span, now)
    return share === 1 ? usage : scaledUsage(usage, 1 / share)
  })
  const projected = estimatesOf(months, scaled, book)
  return {
    pipelines: months.flatMap((month, index) => {
      const of = estimates[index]
      return of ? [{ month, estimate: of }] : []
    }),
    estimate: merged(estimates, book),
    projected: { total: merged(projected, book), pipelines: projected },
    freeTiers: freeTiersOf(usages),
  }
}

function estimatesOf(months: readonly PipelineMonth[], usages: readonly Usage[], book: PriceBook): Estimate[] {
  const shares = freeShares(usages)
  return usages.map((usage, index) => estimate(usage, shares[index], book, months[index]?.reasons ?? []))
}

function freeTiersOf(usages: readonly Usage[]): FreeTier[] {
  const of = (type: 'V1' | 'V2') => usages.filter(usage => usage.type === type)
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  return [
    {
      name: 'v2Minutes',
      label: 'CodePipeline V2 minutes a month, of all pipelines of the account',
      free: freeMinutes,
      used: total(of('V2').map(({ minutes }) => minutes.high)),
      confirmed: true,
    },
    {
      name: 'v1Pipelines',
      label: 'CodePipeline V1 active pipelines a month',
      free: freePipelines,
      used: total(of('V1').map(({ activeMonths }) => activeMonths.high)),
      confirmed: true,
    },
    {
      name: 'buildMinutes',
      label: 'CodeBuild minutes a month on small machines; one page says on any',
      free: freeBuildMinutes,
      used: total(usages.map(usage => buildMinutes(usage).high)),
      confirmed: false,
    },
  ]
}
