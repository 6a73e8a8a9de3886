import type { CostQuery, SwitchReport } from '../../preload/contract/cost.ts'
import type { Clock } from '../base/clock.ts'
import { breakEven } from './breakEven.ts'
import { type LoadedAccount, together } from './loadMonths.ts'
import { exactly, priced, spared, sum } from './money.ts'
import { elapsedShare, spanOfMonth } from './months.ts'
import { needsV2 } from './needsV2.ts'
import { activeMonths, longAgo } from './pipelineMonth.ts'
import { bookRegion, type PriceBook } from './priceBook.ts'
import { bestTypes, billOf, type Switchable } from './switchTypes.ts'
import { savingOf } from './words.ts'

export interface SwitchReportOptions {
  clock: Clock
  book: PriceBook
  loadAll: (query: CostQuery, months: number) => Promise<LoadedAccount[]>
}

/** "What would V2 save us", over every account. */
export function createSwitchReport({ clock, book, loadAll }: SwitchReportOptions) {
  const v1 = book.price('codepipeline.v1.pipeline', bookRegion)
  const v2 = book.price('codepipeline.v2.minute', bookRegion)

  const accountOf = (loaded: LoadedAccount, { month }: CostQuery) => {
    const span = spanOfMonth(month)
    const elapsed = elapsedShare(span, clock.now())
    const each = loaded.of(month).flatMap((of, index) => {
      const past = loaded.loaded[index]?.past
      if (!past) return []
      const active = activeMonths(past.executions, of.executions, longAgo, span)
      const minutes = Math.round(of.usage.minutes.high / elapsed)
      const needs = needsV2(past.definition)
      const switchable: Switchable = { type: of.type, minutes, active, needsV2: needs.length > 0 }
      return [{ of, needs, switchable }]
    })
    const switchables = each.map(({ switchable }) => switchable)
    const best = bestTypes(switchables, v1, v2)
    const bill = (as: (pipeline: Switchable, index: number) => 'V1' | 'V2') =>
      billOf(
        switchables.map((pipeline, index) => ({ ...pipeline, as: as(pipeline, index) })),
        v1,
        v2,
      )
    return {
      now: bill(({ type }) => type),
      allV1: bill(pipeline => (pipeline.needsV2 ? 'V2' : 'V1')),
      allV2: bill(() => 'V2'),
      best: bill((_, index) => best[index] ?? 'V2'),
      needs: each.flatMap(({ of, needs }) =>
        needs.length > 0 ? [`${of.key.name} needs V2: ${needs.join(', ')}.`] : [],
      ),
      pipelines: each.map(({ of, switchable: { minutes, active, type } }, index) => {
        const even = breakEven({ executions: of.executions.length / elapsed, minutes, active }, v1, v2)
        const advice = best[index]
        return {
          key: of.key,
          type,
          asV1: priced(active, v1),
          asV2: priced(exactly(minutes), v2),
          breakEven: even,
          ...(advice !== undefined && advice !== type && { advice }),
        }
      }),
    }
  }

  return async (query: CostQuery): Promise<SwitchReport> => {
    const all = await loadAll(query, 1)
    const costs = all.map(loaded => accountOf(loaded, query))
    const total = (of: 'now' | 'allV1' | 'allV2' | 'best') => sum(costs.map(cost => cost[of]))
    const [now, allV2, best] = [total('now'), total('allV2'), total('best')]
    const allV2Saves = spared(now, allV2)
    const bestSaves = spared(now, best)
    const executions = all.reduce((count, { basis }) => count + basis.executions, 0)
    return {
      basis: together(
        all.map(({ basis }) => basis),
        clock.now(),
      ),
      answer:
        executions === 0
          ? 'Nothing was executed in this month, as far as it was read: there is nothing to compare.'
          : `With every pipeline on V2, CodePipeline itself would ${savingOf(allV2Saves)}; with each on the type that suits it, ${savingOf(bestSaves)}.`,
      now,
      allV1: total('allV1'),
      allV2,
      best,
      allV2Saves,
      bestSaves,
      pipelines: costs.flatMap(({ pipelines }) => pipelines),
      reasons: [
        'CodePipeline alone, with each account’s free tiers, for a whole month; builds and storage cost the same on both.',
        'Of type V1 the first 30 days are free; that is left aside here, for it passes. Whether a pipeline was active is not always certain.',
        ...costs.flatMap(({ needs }) => needs),
      ],
    }
  }
}
