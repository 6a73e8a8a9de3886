import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../state/database.ts'
import { createBuckets } from './buckets.ts'
import { type Listing, listPage } from './listing.ts'
import { lastName } from './listingOutput.ts'
import { migrations } from './tables.ts'
import { createVersions } from './versions.ts'

const about = { contentType: 'text/plain', metadata: {}, tags: {} }
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** A bucket with these keys, in a database. */
function bucketOf(keys: readonly string[]) {
  const database = openDatabase(':memory:')
  database.migrate('s3', migrations)
  createBuckets(database).create('b', '111122223333', 'us-east-1', 0)
  const versions = createVersions(database)
  let blob = 0
  for (const key of keys) {
    versions.add({
      bucket: 'b',
      key,
      versionId: 'null',
      modifiedAt: 0,
      object: { blob: String(blob++), size: 0, etag: '""', about },
    })
  }
  return versions
}

/** What S3 documents: keys under the prefix in the order of their bytes, those with the delimiter behind it rolled up. */
function expected(keys: readonly string[], prefix: string, delimiter: string): string[] {
  const names = keys
    .filter(key => key.startsWith(prefix))
    .map(key => {
      const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
      return at < 0 ? key : key.slice(0, at + delimiter.length)
    })
  return [...new Set(names)].sort(byBytes)
}

const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'ü', '😀', '\uffff'), minLength: 1, maxLength: 6 })

describe('a listing', () => {
  it('gives every key or common prefix once and in order, whatever the size of its pages', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 25 }),
        fc.constantFrom('', 'a', 'a/', 'ü'),
        fc.constantFrom('', '/', 'b', 'ab'),
        fc.integer({ min: 1, max: 7 }),
        (keys, prefix, delimiter, limit) => {
          const versions = bucketOf(keys)
          const seen: string[] = []
          let after: Listing['after']
          for (;;) {
            const page = listPage({ prefix, delimiter, after, limit }, (from, count) =>
              versions.objects('b', from, count),
            )
            const names = [...page.versions.map(version => version.key), ...page.commonPrefixes].sort(byBytes)
            expect(names.length).toBeLessThanOrEqual(limit)
            seen.push(...names)
            if (!page.next) break
            after = { key: lastName(page.next), inclusive: false }
          }
          expect(seen).toEqual(expected(keys, prefix, delimiter))
        },
      ),
    )
  })

  it('of no length is not truncated', () => {
    const versions = bucketOf(['a'])
    const page = listPage({ prefix: '', delimiter: '', after: undefined, limit: 0 }, (from, count) =>
      versions.objects('b', from, count),
    )
    expect(page).toEqual({ versions: [], commonPrefixes: [], next: undefined })
  })
})
