import type { ComputeType, WhatIfBase, WhatIfChange, WhatIfResult } from '../../preload/contract/cost.ts'
import { minutesUp } from './attemptUsage.ts'
import { cores } from './compute.ts'
import { estimate } from './estimate.ts'
import type { FreeShare } from './freeTiers.ts'
import { exactly, type Range, spared } from './money.ts'
import type { PriceBook } from './priceBook.ts'
import { type Machine, noUsage, type Usage } from './usage.ts'

const daysOfMonth = 30

/** A month of 30 days before and after a change. Pure and quick: no history is looked at. */
export function whatIf(base: WhatIfBase, change: WhatIfChange, book: PriceBook): WhatIfResult {
  const before = monthOf(base, {}, book)
  const after = monthOf(base, change, book)
  return { before, after, saves: spared(before.total, after.total), notes: notesOf(base, change) }
}

function monthOf(base: WhatIfBase, change: WhatIfChange, book: PriceBook) {
  const type = change.type ?? base.type
  const executions = (change.executionsPerDay ?? base.executionsPerDay) * daysOfMonth
  const each = base.builds.map(build => buildOf(build, change))
  const total = (end: 'low' | 'high') => each.reduce((sum, { count, minutes }) => sum + count * minutes[end], 0)
  const minutes = (end: 'low' | 'high') => Math.round(executions * (base.otherMinutes + total(end)))
  const builds = new Map<Machine, Range>()
  for (const { compute, count, minutes: of } of each) {
    const known = builds.get(compute) ?? exactly(0)
    const more = (end: 'low' | 'high') => known[end] + Math.round(executions * count * of[end])
    builds.set(compute, { low: more('low'), high: more('high') })
  }
  const usage: Usage = {
    ...noUsage(base.region, type),
    activeMonths: exactly(type === 'V1' && executions > 0 ? 1 : 0),
    minutes: { low: minutes('low'), high: minutes('high') },
    builds,
    storedGb: base.storedGb,
  }
  return estimate(usage, freeOf(base, usage), book, [])
}

interface MonthlyBuild {
  compute: ComputeType
  /** An execution. */
  count: number
  minutes: Range
}

/** Each build after the change: bigger machines may be as much faster as they have more cores, or no faster at all. */
function buildOf(
  { compute, perExecution, seconds, repeats }: WhatIfBase['builds'][number],
  change: WhatIfChange,
): MonthlyBuild {
  const on = change.compute ?? compute
  const ratio = cores[compute] / cores[on]
  const left = seconds * (1 - (change.cacheSaves ?? 0)) * 1000
  return {
    compute: on,
    count: perExecution * (1 - repeats * (change.fewerRepeats ?? 0)),
    minutes: { low: minutesUp(left * Math.min(ratio, 1)), high: minutesUp(left * Math.max(ratio, 1)) },
  }
}

/** What other pipelines leave of the free tiers. An account's one free V1 pipeline may be another. */
function freeOf({ freePipelineMinutes, freeBuildMinutes }: WhatIfBase, { minutes, builds }: Usage): FreeShare {
  const atMost = (free: number, { low, high }: Range): Range => ({
    low: Math.min(free, low),
    high: Math.min(free, high),
  })
  let [low, high] = [freeBuildMinutes, freeBuildMinutes]
  const parts = new Map<Machine, Range>()
  for (const [machine, of] of builds) {
    const small = machine === 'linux.small' || machine === 'arm.small'
    const part = { low: Math.min(low, of.low), high: small ? Math.min(high, of.high) : 0 }
    low -= part.low
    high -= part.high
    if (part.low > 0 || part.high > 0) parts.set(machine, part)
  }
  return { minutes: atMost(freePipelineMinutes, minutes), activeMonths: exactly(0), builds: parts }
}

function notesOf(base: WhatIfBase, { type, compute, cacheSaves, fewerRepeats }: WhatIfChange): string[] {
  const told = (when: boolean, text: string) => (when ? [text] : [])
  return [
    'A month of 30 days, at the mean of what was executed. Requests and encryption are left out.',
    ...told(
      compute !== undefined && base.builds.some(build => build.compute !== compute),
      'How much faster or slower the builds become is not known: from no change to the ratio of the cores.',
    ),
    ...told((cacheSaves ?? 0) > 0, 'What a cache spares is your assumption; its storage is not in it.'),
    ...told((fewerRepeats ?? 0) > 0, 'Repeats are builds of the same action within one execution.'),
    ...told(
      (type ?? base.type) === 'V1',
      'Of type V1 the first 30 days and one pipeline of the account are free; not counted here.',
    ),
  ]
}
