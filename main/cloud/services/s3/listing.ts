import type { Cursor, Version } from './versions.ts'

export interface Listing {
  prefix: string
  delimiter: string
  /** Where to begin: behind this key or common prefix. */
  after: Cursor | undefined
  limit: number
}

export interface Page {
  versions: Version[]
  commonPrefixes: string[]
  /** The last thing on a page that is not the last. */
  next: { kind: 'version'; version: Version } | { kind: 'prefix'; prefix: string } | undefined
}

/** Sorts behind every key that begins with what stands before it. */
const highest = '\u{10FFFF}'

/**
 * One page of a bucket: keys under a prefix, those with the delimiter behind it rolled up. `fetch` gives versions in
 * the order of the database from a cursor on; whatever is rolled up is skipped, not read.
 */
export function listPage(listing: Listing, fetch: (from: Cursor, limit: number) => readonly Version[]): Page {
  const { prefix, delimiter, limit } = listing
  const page: Page = { versions: [], commonPrefixes: [], next: undefined }
  let from = start(listing)
  for (;;) {
    const batch = fetch(from, limit + 1)
    let jumped = false
    for (const version of batch) {
      if (!version.key.startsWith(prefix)) return page
      const rolled = commonPrefix(version.key, prefix, delimiter)
      if (rolled !== undefined && rolled === page.commonPrefixes.at(-1)) {
        from = { key: version.key, inclusive: false }
        continue
      }
      if (page.versions.length + page.commonPrefixes.length >= limit) {
        page.next = last(page)
        return page
      }
      if (rolled === undefined) {
        page.versions.push(version)
        from = { key: version.key, inclusive: false, olderThan: version.sequence }
      } else {
        page.commonPrefixes.push(rolled)
        from = behind(rolled)
        jumped = true
        break
      }
    }
    if (!jumped && batch.length <= limit) return page
  }
}

function start({ prefix, delimiter, after }: Listing): Cursor {
  if (!after) return { key: prefix, inclusive: true }
  // A marker that is itself a common prefix stands for everything below it.
  const rolled = commonPrefix(after.key, prefix, delimiter)
  if (rolled !== undefined && rolled === after.key) return behind(rolled)
  return Buffer.compare(Buffer.from(after.key), Buffer.from(prefix)) < 0 ? { key: prefix, inclusive: true } : after
}

const behind = (prefix: string): Cursor => ({ key: prefix + highest, inclusive: false })

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined
  const at = key.indexOf(delimiter, prefix.length)
  return at < 0 ? undefined : key.slice(0, at + delimiter.length)
}

/** What came last in the order of the keys' bytes. */
function last({ versions, commonPrefixes }: Page): Page['next'] {
  const version = versions.at(-1)
  const prefix = commonPrefixes.at(-1)
  if (version && (prefix === undefined || Buffer.compare(Buffer.from(version.key), Buffer.from(prefix)) > 0)) {
    return { kind: 'version', version }
  }
  return prefix === undefined ? undefined : { kind: 'prefix', prefix }
}
