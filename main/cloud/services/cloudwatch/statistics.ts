import type { Millis } from '../../../base/clock.ts'
import { invalidParameter } from './refusals.ts'

/** One datum, or what several came to. */
export interface Datum {
  at: Millis
  unit: string
  count: number
  sum: number
  least: number
  most: number
  /** Values with how often each came; absent where only a summary was given. */
  samples: readonly (readonly [value: number, count: number])[] | undefined
}

/** The data of one period. */
export interface Bucket {
  start: Millis
  data: readonly Datum[]
}

/** Data by period, oldest first; periods start at whole multiples of themselves. */
export function bucketed(data: readonly Datum[], period: Millis): Bucket[] {
  const buckets = new Map<Millis, Datum[]>()
  for (const datum of data) {
    const start = Math.floor(datum.at / period) * period
    const bucket = buckets.get(start)
    if (bucket) bucket.push(datum)
    else buckets.set(start, [datum])
  }
  return [...buckets].sort(([a], [b]) => a - b).map(([start, of]) => ({ start, data: of }))
}

/** What a statistic makes of the data of one period; undefined where they cannot say (percentiles of summaries). */
export type Statistic = (data: readonly Datum[]) => number | undefined

const sumOf = (data: readonly Datum[], of: (datum: Datum) => number) => data.reduce((sum, datum) => sum + of(datum), 0)

const plain: Readonly<Record<string, Statistic>> = {
  SampleCount: data => sumOf(data, ({ count }) => count),
  Sum: data => sumOf(data, ({ sum }) => sum),
  Average: data => sumOf(data, ({ sum }) => sum) / sumOf(data, ({ count }) => count),
  Minimum: data => Math.min(...data.map(({ least }) => least)),
  Maximum: data => Math.max(...data.map(({ most }) => most)),
}

/** A statistic by its name: the five plain ones and percentiles (`p90`, `p99.9`). Throws InvalidParameterValue. */
export function statisticNamed(name: string): Statistic {
  const found = Object.hasOwn(plain, name) ? plain[name] : undefined
  if (found) return found
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.[1]
  if (percent === undefined) throw invalidParameter(`The value ${name} for parameter Stat is not supported.`)
  return data => percentile(data, Number(percent))
}

function percentile(data: readonly Datum[], percent: number): number | undefined {
  // A single value's summary is the value.
  const known = data.map(
    ({ samples, least, most, count }) => samples ?? (least === most ? [[least, count] as const] : undefined),
  )
  if (known.some(samples => samples === undefined)) return undefined
  const samples = known.flatMap(of => of ?? []).sort(([a], [b]) => a - b)
  const wanted = (percent / 100) * samples.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [value, count] of samples) {
    seen += count
    if (seen >= wanted) return value
  }
  return samples.at(-1)?.[0]
}
