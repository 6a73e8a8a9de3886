import type { EntryFilter } from '../../../../preload/contract/audit.ts'
import { without } from './filterChange.ts'

const day = 86_400_000

/** The day (UTC) that an exclusive end leaves as the last: `2026-03-31` of `2026-04-01T00:00:00.000Z`. */
export const lastDay = (to: string): string => new Date(Date.parse(to) - 1).toISOString().slice(0, 10)

/** A stretch of whole days (UTC), for the filter's `from` and `to`; `name` is what it is called. */
export interface Period {
  name: string
  from: string | undefined
  to: string | undefined
}

const monthName = (at: number) =>
  new Date(at).toLocaleDateString('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' })

/** What can be chosen at once: the last days, then each month back to the oldest entry, two years at most. */
export function periods(now: number, oldest: string | undefined): Period[] {
  const today = Math.floor(now / day) * day
  const last = [1, 7, 30, 90].map(days => ({
    name: days === 1 ? 'Today' : `Last ${days} days`,
    from: new Date(today - (days - 1) * day).toISOString(),
    to: undefined,
  }))
  const first = oldest === undefined ? now : Date.parse(oldest)
  const months: Period[] = []
  const at = new Date(now)
  for (let back = 0; back < 24; back += 1) {
    const from = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back, 1)
    const to = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back + 1, 1)
    if (to <= first) break
    months.push({ name: monthName(from), from: new Date(from).toISOString(), to: new Date(to).toISOString() })
  }
  return [{ name: 'Any time', from: undefined, to: undefined }, ...last, ...months]
}

/** The filter over another stretch. */
export function within(filter: EntryFilter, from: string | undefined, to: string | undefined): EntryFilter {
  const rest = without(without(filter, 'from'), 'to')
  return { ...rest, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

const mostDays = 92
const usualDays = 60

/** The whole days (UTC) that the strip shows of a filter: those it asks for, the newest of many; else the last sixty. */
export function stripOf({ from, to }: EntryFilter, now: number): { from: number; to: number } {
  const end = Math.ceil(Math.min(to === undefined ? now + 1 : Date.parse(to), now + 1) / day) * day
  const start = from === undefined ? end - usualDays * day : Math.floor(Date.parse(from) / day) * day
  return { from: Math.min(end - day, Math.max(start, end - mostDays * day)), to: end }
}
