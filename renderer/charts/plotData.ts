import { csvOf } from '../format/csv.ts'

/** One line, or one part of each bar. Its look tells it apart without its colour: a dash, a hatch, a name at its end. */
export interface PlotSeries {
  id: string
  name: string
  /** A design token, e.g. `--ok`. */
  color: `--${string}`
  look?: 'solid' | 'dashed' | 'hatched'
  /** One for each time; absent where there is nothing to tell. */
  values: readonly (number | undefined)[]
}

/** What a plot shows, also as a table and as CSV. */
export interface PlotData {
  /** The beginnings of the buckets, ISO 8601 in UTC, oldest first. */
  times: readonly string[]
  /** What lies between two times; a day where nothing is said. */
  bucket?: 'day' | 'week' | 'month'
  series: readonly PlotSeries[]
}

/** The rows that recharts reads: one for each time, with a member for each series. */
export function plotRows({ times, series }: PlotData): Record<string, string | number | undefined>[] {
  return times.map((time, index) => ({
    time,
    ...Object.fromEntries(series.map(({ id, values }) => [id, values[index]])),
  }))
}

/** Whether there is nothing to draw: no value, or none but zeros. */
export const isEmpty = ({ series }: PlotData): boolean =>
  series.every(({ values }) => values.every(value => value === undefined || value === 0))

/** The top of what is drawn: of bars, which stand on each other, their sum. */
export function largest({ times, series }: PlotData, kind: 'lines' | 'bars'): number {
  const at = (index: number) => series.map(({ values }) => values[index] ?? 0)
  const heights = times.map((_, index) =>
    kind === 'bars' ? at(index).reduce((sum, value) => sum + value, 0) : Math.max(0, ...at(index)),
  )
  return Math.max(0, ...heights)
}

/** The plot in words, for whoever does not see it: each series' highest value, and its newest. */
export function inWords({ times, bucket, series }: PlotData, format: (value: number) => string): string {
  return series
    .flatMap(({ name, values }) => {
      const told = values.flatMap((value, index) => (value === undefined ? [] : { value, time: times[index] ?? '' }))
      const [first, ...rest] = told
      const last = told.at(-1)
      if (!first || !last) return `${name}: no value.`
      const top = rest.reduce((most, each) => (each.value > most.value ? each : most), first)
      const when = ({ time }: { time: string }) => bucketName(time, bucket)
      return `${name}: at most ${format(top.value)} (${when(top)}), last ${format(last.value)} (${when(last)}).`
    })
    .join(' ')
}

/** The unit stands in the header, an absent value is an empty cell. */
export const csvOfPlot = ({ times, series }: PlotData, unit: string): string =>
  csvOf(
    ['time (UTC)', ...series.map(({ name }) => `${name} (${unit})`)],
    times.map((time, index) => [time, ...series.map(({ values }) => values[index])]),
  )

/** `2 Nov`, or `Nov 2026` of a month; buckets begin in UTC. */
export function bucketName(time: string, bucket: PlotData['bucket']): string {
  const parts = bucket === 'month' ? ({ year: 'numeric' } as const) : ({ day: 'numeric' } as const)
  return new Date(time).toLocaleDateString('en-GB', { timeZone: 'UTC', month: 'short', ...parts })
}
