import type { Price } from '../../preload/contract/cost.ts'
import type { Money } from '../../preload/contract/money.ts'
import { freeMinutes, freePipelines } from './freeTiers.ts'
import { money, type Range } from './money.ts'
import type { PipelineType } from './usage.ts'

/** A pipeline of one account, with what it uses in a whole month. */
export interface Switchable {
  type: PipelineType
  minutes: number
  /** Would it be V1: active pipelines, 0 or 1 where that is not certain. */
  active: Range
  /** What V1 does not have; such a pipeline stays V2. */
  needsV2: boolean
}

/** CodePipeline's bill of an account for a month, with its free tiers, if pipelines were of these types. Pure. */
export function billOf(pipelines: readonly (Switchable & { as: PipelineType })[], v1: Price, v2: Price): Money {
  const minutes = pipelines.reduce((sum, each) => sum + (each.as === 'V2' ? each.minutes : 0), 0)
  const active = (end: 'low' | 'high') =>
    pipelines.reduce((sum, each) => sum + (each.as === 'V1' ? each.active[end] : 0), 0)
  const bill = (end: 'low' | 'high') =>
    Math.round((Math.max(active(end) - freePipelines, 0) * v1[end]) / v1.per) +
    Math.round((Math.max(minutes - freeMinutes, 0) * v2[end]) / v2.per)
  return money(bill('low'), bill('high'))
}

/**
 * The cheapest choice of types for an account. The pipelines with most minutes are those for which V1's flat price pays,
 * so only the choices "the k largest as V1" need looking at. Pure; as many types as pipelines, in their order.
 */
export function bestTypes(pipelines: readonly Switchable[], v1: Price, v2: Price): PipelineType[] {
  const order = pipelines
    .map((each, index) => ({ each, index }))
    .filter(({ each }) => !each.needsV2)
    .sort((a, b) => b.each.minutes - a.each.minutes)
  const choice = (k: number): PipelineType[] => {
    const asV1 = new Set(order.slice(0, k).map(({ index }) => index))
    return pipelines.map((_, index) => (asV1.has(index) ? 'V1' : 'V2'))
  }
  let best = choice(0)
  let least = Number.POSITIVE_INFINITY
  for (let k = 0; k <= order.length; k++) {
    const types = choice(k)
    // By the upper end: what is certain to be spared.
    const { high } = billOf(
      pipelines.map((each, index) => ({ ...each, as: types[index] ?? 'V2' })),
      v1,
      v2,
    )
    if (high < least) [best, least] = [types, high]
  }
  return best
}
