import type { LedgerEntry } from '../../../../preload/contract/audit.ts'
import { formatInstant } from '../../../format/instant.ts'

/** A line of the list: an entry, or the day that those under it happened on. */
export type Line = { kind: 'day'; day: string } | { kind: 'entry'; entry: LedgerEntry }

/** `2026-03-04` in the zone that is shown. */
export const dayIn = (at: string, zone: string): string => formatInstant(at, zone).slice(0, 10)

/** The entries as lines, with a heading before each day's first where `byDay`. */
export function linesOf(entries: readonly LedgerEntry[], zone: string, byDay: boolean): Line[] {
  const lines: Line[] = []
  let last: string | undefined
  // Formatting an instant is dear, and a minute has but one day.
  let minute = ''
  for (const entry of entries) {
    if (byDay && entry.at.slice(0, 16) !== minute) {
      minute = entry.at.slice(0, 16)
      const day = dayIn(entry.at, zone)
      if (day !== last) lines.push({ kind: 'day', day })
      last = day
    }
    lines.push({ kind: 'entry', entry })
  }
  return lines
}
