import type { Millis } from '../../../../base/clock.ts'

/** A metric over time: its values by the start of their periods. */
export interface Series {
  label: string
  /** ms */
  period: Millis
  points: ReadonlyMap<Millis, number>
}

/** What an expression comes to: CloudWatch's S, TS and TS[]. Text is only ever an argument. */
export type Value =
  | { kind: 'scalar'; value: number }
  | { kind: 'series'; series: Series }
  | { kind: 'list'; items: readonly Series[] }
  | { kind: 'text'; value: string }

export const scalar = (value: number): Value => ({ kind: 'scalar', value })

/** With only the points that are numbers: what is divided by zero has no value. */
export function seriesOf({ label, period }: Series, points: Iterable<readonly [Millis, number]>): Series {
  return { label, period, points: new Map([...points].filter(([, value]) => Number.isFinite(value))) }
}

/** Each value by a function of one number. */
export const mapped = (series: Series, change: (value: number) => number): Series =>
  seriesOf(
    series,
    [...series.points].map(([at, value]) => [at, change(value)]),
  )

/** Of several series what a function makes of the values at each time that one of them has. */
export function across(items: readonly Series[], reduce: (values: number[]) => number): Series {
  const [first = { label: '', period: 60_000, points: new Map<Millis, number>() }] = items
  const times = [...new Set(items.flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b)
  const valuesAt = (at: Millis) => items.flatMap(({ points }) => points.get(at) ?? [])
  return seriesOf(
    first,
    times.map(at => [at, reduce(valuesAt(at))]),
  )
}
