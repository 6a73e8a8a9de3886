import type { LedgerEntry, SearchPage } from '../../../../preload/contract/audit.ts'

/** The part of the ledger that the page holds. */
export interface Loaded {
  /** Newest first. */
  entries: readonly LedgerEntry[]
  /** Where the next page begins; absent at the ledger's end. */
  next: number | undefined
  /** How many came since that are not shown yet, to be shown when the person asks for them. */
  fresh: number
  /** The newest page, with those. */
  head: SearchPage | undefined
}

export const nothingLoaded: Loaded = { entries: [], next: undefined, fresh: 0, head: undefined }

/**
 * What is shown after the ledger's newest page was asked for again: nothing moves. An entry that is better known now is
 * replaced in its place; new ones are counted, and shown at once only where there is nothing yet to lose one's place in.
 */
export function shownAnew(before: Loaded | undefined, page: SearchPage): Loaded {
  if (before === undefined || before.entries.length === 0) {
    return { entries: page.entries, next: page.next, fresh: 0, head: undefined }
  }
  const now = new Map(page.entries.map(entry => [entry.id, entry]))
  const shown = new Set(before.entries.map(({ id }) => id))
  const last = before.entries.at(-1)?.id ?? 0
  // Below what is loaded nothing is new: it is read when it is scrolled to.
  const fresh = page.entries.filter(({ id }) => !shown.has(id) && (id > last || before.next === undefined)).length
  return {
    entries: before.entries.map(entry => now.get(entry.id) ?? entry),
    next: before.next,
    fresh,
    head: fresh > 0 ? page : undefined,
  }
}

/** With the page that begins at `at` after it; an answer that comes twice or too late adds nothing. */
export function appended(before: Loaded, at: number, page: SearchPage): Loaded {
  if (before.next !== at) return before
  return { ...before, entries: [...before.entries, ...page.entries], next: page.next }
}
