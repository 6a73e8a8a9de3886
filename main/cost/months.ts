import type { Month } from '../../preload/contract/cost.ts'

/** A calendar month of UTC: from its first instant to the next one's. ms since the Unix epoch */
export interface MonthSpan {
  from: number
  to: number
}

const parts = (month: Month): [number, number] => [Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1]

export function spanOfMonth(month: Month): MonthSpan {
  const [year, index] = parts(month)
  return { from: Date.UTC(year, index), to: Date.UTC(year, index + 1) }
}

/** So many months that end with the given one, oldest first. */
export function monthsUntil(month: Month, count: number): Month[] {
  const [year, index] = parts(month)
  return Array.from({ length: count }, (_, n) =>
    new Date(Date.UTC(year, index - count + 1 + n)).toISOString().slice(0, 7),
  )
}

/** How much of the month is over: 1 for a past one. Never 0, so that what is known can be scaled. */
export function elapsedShare({ from, to }: MonthSpan, now: number): number {
  const hour = 3_600_000
  return Math.min(Math.max(now - from, hour) / (to - from), 1)
}
