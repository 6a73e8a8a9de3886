import type { Millis } from '../../../../base/clock.ts'
import { across, mapped, type Series, scalar, seriesOf, type Value } from './values.ts'

/** What functions may ask about the query that they stand in. */
export interface Around {
  since: Millis
  until: Millis
  /** The metrics of the query, without its expressions. */
  metrics: readonly Series[]
  /** Makes the refusal of a call. */
  wrong: (why: string) => Error
}

export type MathFunction = (of: readonly Value[], around: Around) => Value

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** One series becomes a number; several become one series, time by time. UNCONFIRMED: who has no value then is left out. */
const reducing =
  (reduce: (values: number[]) => number): MathFunction =>
  ([value], { wrong }) => {
    if (value?.kind === 'series') return scalar(reduce([...value.series.points.values()]))
    if (value?.kind === 'list') return { kind: 'series', series: across(value.items, reduce) }
    throw wrong('it needs a time series, or several.')
  }

const eachValue =
  (change: (value: number) => number): MathFunction =>
  ([value], { wrong }) => {
    switch (value?.kind) {
      case 'scalar':
        return scalar(change(value.value))
      case 'series':
        return { kind: 'series', series: mapped(value.series, change) }
      case 'list':
        return { kind: 'list', items: value.items.map(series => mapped(series, change)) }
      default:
        throw wrong('it needs a time series or a number.')
    }
  }

const average = (values: number[]) => sum(values) / values.length

/** The functions of metric math that are offered. Every other is refused by its name. */
export const functions: Readonly<Record<string, MathFunction>> = {
  SUM: reducing(sum),
  AVG: reducing(average),
  MIN: reducing(values => Math.min(...values)),
  MAX: reducing(values => Math.max(...values)),
  STDDEV: reducing(values => Math.sqrt(average(values.map(value => (value - average(values)) ** 2)))),
  DATAPOINT_COUNT: reducing(values => values.length),
  ABS: eachValue(Math.abs),
  CEIL: eachValue(Math.ceil),
  FLOOR: eachValue(Math.floor),
  LOG: eachValue(Math.log),
  LOG10: eachValue(Math.log10),
  METRICS: (of, { metrics, wrong }) => {
    const [filter] = of
    if (filter && filter.kind !== 'text') throw wrong('METRICS takes a text that ids contain, or nothing.')
    return { kind: 'list', items: metrics.filter(({ label }) => label.includes(filter?.value ?? '')) }
  },
  PERIOD: ([value], { wrong }) => {
    if (value?.kind !== 'series') throw wrong('PERIOD needs a time series.')
    return scalar(value.series.period / 1_000)
  },
  FILL: ([value, filler], around) => {
    if (value?.kind === 'series') return { kind: 'series', series: filled(value.series, filler, around) }
    if (value?.kind === 'list') return { kind: 'list', items: value.items.map(each => filled(each, filler, around)) }
    throw around.wrong('FILL needs a time series, or several.')
  },
  IF: ([condition, then, otherwise = scalar(Number.NaN)], { wrong }) => {
    if (!condition || !then) throw wrong('IF needs a condition and what is to stand where it holds.')
    if (condition.kind === 'scalar') return condition.value === 0 ? otherwise : then
    if (condition.kind !== 'series') throw wrong('the condition of IF must be a time series or a number.')
    const valueAt = (value: Value, at: Millis) => {
      if (value.kind === 'scalar') return value.value
      if (value.kind === 'series') return value.series.points.get(at) ?? Number.NaN
      throw wrong('IF chooses between time series and numbers.')
    }
    const { series } = condition
    const points = [...series.points].map(([at, holds]) => [at, valueAt(holds === 0 ? otherwise : then, at)] as const)
    return { kind: 'series', series: seriesOf(series, points) }
  },
}

/** Every period of the query has a value: a number, the last one (REPEAT), or one on the line between two (LINEAR). */
function filled(series: Series, filler: Value | undefined, { since, until, wrong }: Around): Series {
  const { period, points } = series
  const times: Millis[] = []
  for (let at = Math.floor(since / period) * period; at < until; at += period) times.push(at)
  const known = times.filter(at => points.has(at))
  const fill = (at: Millis): number => {
    if (filler?.kind === 'scalar') return filler.value
    const before = known.findLast(time => time < at)
    const after = known.find(time => time > at)
    const [first, last] = [before, after].map(time => (time === undefined ? undefined : points.get(time)))
    if (filler?.kind !== 'text' || (filler.value !== 'REPEAT' && filler.value !== 'LINEAR'))
      throw wrong('FILL takes a number, REPEAT or LINEAR.')
    if (filler.value === 'REPEAT' || first === undefined || last === undefined) return first ?? Number.NaN
    if (before === undefined || after === undefined) return Number.NaN
    return first + ((last - first) * (at - before)) / (after - before)
  }
  return seriesOf(
    series,
    times.map(at => [at, points.get(at) ?? fill(at)]),
  )
}
