import type { EntryFilter } from '../../../preload/contract/audit.ts'

/** Entries of one second; ids are ordered by time because a second's ids follow those of the second before. */
const perSecond = 2 ** 20

/** Ids of one day, UTC. */
export const perDay = 86_400 * perSecond

/** The first id of the second that an instant lies in. */
export const idAt = (at: string): number => Math.floor(Date.parse(at) / 1000) * perSecond
export const lastIdOfSecond = (first: number): number => first + perSecond - 1

/**
 * A facet's token: one word for the tokenizer whatever the value, e.g. `p7061796d656e7473`. Every filter is a word of
 * the index, so that FTS5 intersects lists that are ordered by time and stops at the page's end.
 */
export const facet = (kind: FacetKind, value: string): string => kind + Buffer.from(value.toLowerCase()).toString('hex')
export type FacetKind = 'a' | 'r' | 'p' | 'w' | 'k' | 'n' | 'x' | 'e'

/** The words of a text as the index has them. */
export const tokens = (text: string): string[] => text.match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []

/** The FTS5 expression of a filter; undefined where nothing but time is asked for. */
export function expression(filter: EntryFilter): string | undefined {
  const anyOf = (kind: FacetKind, values: readonly string[] | undefined) =>
    values === undefined ? [] : [`facets : (${values.map(value => facet(kind, value)).join(' OR ') || '""'})`]
  const words = tokens(filter.text ?? '')
  const parts = [
    ...anyOf('p', filter.pipelines),
    ...anyOf('w', filter.people),
    ...anyOf('n', filter.names),
    ...anyOf('k', filter.kinds),
    ...anyOf('a', filter.accounts),
    ...anyOf('r', filter.regions),
    ...anyOf('x', filter.executionId === undefined ? undefined : [filter.executionId]),
    ...anyOf('e', filter.refused === undefined ? undefined : [String(filter.refused)]),
    // The last word may be unfinished. Each beginning costs as much as all that begins so, and one letter too much.
    ...words.map((word, index) => `words : "${word}"${index === words.length - 1 && word.length > 1 ? '*' : ''}`),
  ]
  return parts.length === 0 ? undefined : parts.join(' AND ')
}
