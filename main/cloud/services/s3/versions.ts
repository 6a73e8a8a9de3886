import { z } from 'zod'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { algorithms } from './checksums.ts'

const checksumShape = z.object({
  algorithm: z.enum(algorithms),
  type: z.enum(['FULL_OBJECT', 'COMPOSITE']),
  value: z.string(),
})

/** What is kept of an object besides its bytes. */
export const aboutShape = z.object({
  contentType: z.string(),
  cacheControl: z.string().optional(),
  contentDisposition: z.string().optional(),
  contentEncoding: z.string().optional(),
  contentLanguage: z.string().optional(),
  /** ISO 8601. */
  expires: z.string().optional(),
  websiteRedirectLocation: z.string().optional(),
  metadata: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  checksum: checksumShape.optional(),
  /** Sizes of the parts of a multipart upload, in order. */
  partSizes: z.array(z.number()).optional(),
})
export type About = z.infer<typeof aboutShape>

interface Common {
  bucket: string
  key: string
  /** `null` where the bucket was not versioned when it came. */
  versionId: string
  latest: boolean
  sequence: number
  modifiedAt: Millis
}
export interface ObjectVersion extends Common {
  kind: 'object'
  blob: string
  size: number
  /** Quoted. */
  etag: string
  about: About
}
interface DeleteMarker extends Common {
  kind: 'deleteMarker'
}
export type Version = ObjectVersion | DeleteMarker

/** A version before it has its place among the others. */
export type NewVersion = Pick<Common, 'bucket' | 'key' | 'versionId' | 'modifiedAt'> & {
  /** Undefined for a delete marker. */
  object?: Pick<ObjectVersion, 'blob' | 'size' | 'etag' | 'about'>
}

const rowShape = z.object({
  sequence: z.number(),
  bucket: z.string(),
  key: z.string(),
  version_id: z.string(),
  latest: z.number(),
  blob: z.string().nullable(),
  size: z.number(),
  etag: z.string(),
  modified_at: z.number(),
  about: z.string(),
})

function fromRow(row: unknown): Version {
  const { version_id, modified_at, latest, blob, size, etag, about, ...rest } = rowShape.parse(row)
  const common = { ...rest, versionId: version_id, modifiedAt: modified_at, latest: latest === 1 }
  return blob === null
    ? { ...common, kind: 'deleteMarker' }
    : { ...common, kind: 'object', blob, size, etag, about: aboutShape.parse(JSON.parse(about)) }
}

/** Where a listing goes on: behind a key, and among that key's versions behind a sequence number. */
export interface Cursor {
  key: string
  inclusive: boolean
  olderThan?: number
}

/** All versions of all objects. Writes belong into a transaction of the caller. */
export function createVersions(database: CloudDatabase) {
  const one = (sql: string, ...params: (string | number)[]) => {
    const row = database.get(sql, ...params)
    return row && fromRow(row)
  }
  const latest = (bucket: string, key: string) =>
    one('SELECT * FROM s3_version WHERE bucket = ? AND key = ? AND latest = 1', bucket, key)
  const find = (bucket: string, key: string, versionId: string) =>
    one('SELECT * FROM s3_version WHERE bucket = ? AND key = ? AND version_id = ?', bucket, key, versionId)

  return {
    latest,
    find,
    isEmpty: (bucket: string) =>
      database.get('SELECT 1 FROM s3_version WHERE bucket = ? LIMIT 1', bucket) === undefined,
    usesBlob: (blob: string) => database.get('SELECT 1 FROM s3_version WHERE blob = ?', blob) !== undefined,
    /** Makes this the latest version. A version of the same id (`null`) is replaced, and its blob given back. */
    add(version: NewVersion): { added: Version; replaced: Version | undefined } {
      const { bucket, key, versionId, modifiedAt, object } = version
      const replaced = find(bucket, key, versionId)
      database.run('DELETE FROM s3_version WHERE bucket = ? AND key = ? AND version_id = ?', bucket, key, versionId)
      database.run('UPDATE s3_version SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1', bucket, key)
      const { lastInsertRowid } = database.run(
        `INSERT INTO s3_version (bucket, key, version_id, latest, blob, size, etag, modified_at, about)
         VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)`,
        bucket,
        key,
        versionId,
        object?.blob ?? null,
        object?.size ?? 0,
        object?.etag ?? '',
        modifiedAt,
        JSON.stringify(object?.about ?? {}),
      )
      const common = { bucket, key, versionId, modifiedAt, latest: true, sequence: lastInsertRowid }
      const added: Version = object ? { ...common, kind: 'object', ...object } : { ...common, kind: 'deleteMarker' }
      return { added, replaced }
    },
    /** Removes one version for good; the one before it becomes the latest. */
    remove(version: Version): void {
      database.run('DELETE FROM s3_version WHERE sequence = ?', version.sequence)
      if (!version.latest) return
      database.run(
        `UPDATE s3_version SET latest = 1
         WHERE sequence = (SELECT max(sequence) FROM s3_version WHERE bucket = ? AND key = ?)`,
        version.bucket,
        version.key,
      )
    },
    setAbout: (version: ObjectVersion, about: About) =>
      void database.run('UPDATE s3_version SET about = ? WHERE sequence = ?', JSON.stringify(about), version.sequence),
    /** Current objects in the order of their keys' bytes. */
    objects: (bucket: string, from: Cursor, limit: number): Version[] =>
      database
        .all(
          `SELECT * FROM s3_version WHERE bucket = ? AND latest = 1 AND blob IS NOT NULL
           AND key ${from.inclusive ? '>=' : '>'} ? ORDER BY key LIMIT ?`,
          bucket,
          from.key,
          limit,
        )
        .map(fromRow),
    /** All versions: by key, the newest of each first. */
    versions: (bucket: string, from: Cursor, limit: number): Version[] =>
      database
        .all(
          `SELECT * FROM s3_version WHERE bucket = ? AND (key ${from.inclusive ? '>=' : '>'} ? OR (key = ? AND sequence < ?))
           ORDER BY key, sequence DESC LIMIT ?`,
          bucket,
          from.key,
          from.key,
          from.olderThan ?? 0,
          limit,
        )
        .map(fromRow),
  }
}

export type Versions = ReturnType<typeof createVersions>
