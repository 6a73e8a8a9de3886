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

/** Whether there is a value to draw. */
export const isEmpty = ({ series }: PlotData): boolean =>
  series.every(({ values }) => values.every(value => value === undefined))

/** RFC 4180; the unit stands in the header, an absent value is an empty cell. */
export function csvOf({ times, series }: PlotData, unit: string): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const rows = [
    ['time (UTC)', ...series.map(({ name }) => `${name} (${unit})`)],
    ...times.map((time, index) => [time, ...series.map(({ values }) => `${values[index] ?? ''}`)]),
  ]
  return rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')
}

/** `2 Nov`, or `Nov 2026` of a month; buckets begin in UTC. */
export function bucketName(time: string, bucket: PlotData['bucket']): string {
  const parts = bucket === 'month' ? ({ year: 'numeric' } as const) : ({ day: 'numeric' } as const)
  return new Date(time).toLocaleDateString('en-GB', { timeZone: 'UTC', month: 'short', ...parts })
}
