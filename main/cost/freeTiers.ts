import { exactly, type Range } from './money.ts'
import type { Machine, Usage } from './usage.ts'

/** What each account gets for nothing in a month (fact sheet, 10). */
export const freeMinutes = 100
export const freePipelines = 1
/** Secondary pages: of small machines; one of them says of any. */
export const freeBuildMinutes = 100

const small: ReadonlySet<Machine> = new Set(['linux.small', 'arm.small'])

/** A pipeline's part of its account's free tiers: `low` where the least is billed, `high` where the most is. */
export interface FreeShare {
  minutes: Range
  activeMonths: Range
  builds: ReadonlyMap<Machine, Range>
}

/**
 * The account's free tiers, shared by use: the parts are whole minutes and add up to what the account gets, never to
 * more than is used. Pure.
 */
export function freeShares(usages: readonly Usage[]): FreeShare[] {
  const of = (type: 'V1' | 'V2', pick: (usage: Usage) => number) =>
    usages.map(usage => (usage.type === type ? pick(usage) : 0))
  const both = (free: number, type: 'V1' | 'V2', pick: (usage: Usage) => Range) => {
    const low = shared(
      free,
      of(type, usage => pick(usage).low),
    )
    const high = shared(
      free,
      of(type, usage => pick(usage).high),
    )
    return usages.map((_, index): Range => ({ low: low[index] ?? 0, high: high[index] ?? 0 }))
  }
  const minutes = both(freeMinutes, 'V2', usage => usage.minutes)
  // Active pipelines are shared by the thousandth, so that each has its part of the one.
  const active = both(freePipelines * 1000, 'V1', ({ activeMonths: { low, high } }) => ({
    low: Math.round(low * 1000),
    high: Math.round(high * 1000),
  }))
  const builds = buildShares(usages)
  return usages.map((_, index) => ({
    minutes: minutes[index] ?? exactly(0),
    activeMonths: thousandths(active[index] ?? exactly(0)),
    builds: builds[index] ?? new Map(),
  }))
}

const thousandths = ({ low, high }: Range): Range => ({ low: low / 1000, high: high / 1000 })

/** At the bill's upper end small machines only; at its lower end also others, after the small ones. */
function buildShares(usages: readonly Usage[]): ReadonlyMap<Machine, Range>[] {
  const cells = usages.flatMap((usage, index) =>
    [...usage.builds].map(([machine, minutes]) => ({ index, machine, minutes })),
  )
  const ofSmall = (end: 'low' | 'high') =>
    shared(
      freeBuildMinutes,
      cells.map(({ machine, minutes }) => (small.has(machine) ? minutes[end] : 0)),
    )
  const surely = ofSmall('high')
  const lowSmall = ofSmall('low')
  const left = freeBuildMinutes - lowSmall.reduce((sum, minutes) => sum + minutes, 0)
  const others = shared(
    left,
    cells.map(({ machine, minutes }) => (small.has(machine) ? 0 : minutes.low)),
  )
  return usages.map(
    (_, index) =>
      new Map(
        cells.flatMap((cell, at): [Machine, Range][] =>
          cell.index === index
            ? [[cell.machine, { low: (lowSmall[at] ?? 0) + (others[at] ?? 0), high: surely[at] ?? 0 }]]
            : [],
        ),
      ),
  )
}

/** So many whole units by weight, none more than its weight; the largest remainders get what rounding leaves. */
export function shared(free: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  if (all <= free) return [...weights]
  const exact = weights.map(weight => (free * weight) / all)
  const parts = exact.map(Math.floor)
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  const left = free - parts.reduce((sum, part) => sum + part, 0)
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}
