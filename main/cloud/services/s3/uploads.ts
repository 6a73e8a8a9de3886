import { z } from 'zod'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { algorithms } from './checksums.ts'
import { aboutShape } from './versions.ts'

const uploadAboutShape = z.object({
  object: aboutShape,
  algorithm: z.enum(algorithms),
  checksumType: z.enum(['FULL_OBJECT', 'COMPOSITE']),
  /** Whether the client chose the algorithm: then its parts carry that checksum back and forth. */
  chosen: z.boolean(),
})

export interface Upload {
  id: string
  bucket: string
  key: string
  startedAt: Millis
  /** ARN of who began it. */
  initiator: string
  about: z.infer<typeof uploadAboutShape>
}

export interface Part {
  number: number
  blob: string
  size: number
  /** Hex. */
  md5: string
  /** Base64, by the upload's algorithm. */
  checksum: string
  modifiedAt: Millis
}

const uploadShape = z.object({
  id: z.string(),
  bucket: z.string(),
  key: z.string(),
  started_at: z.number(),
  initiator: z.string(),
  about: z.string(),
})
const partShape = z.object({
  number: z.number(),
  blob: z.string(),
  size: z.number(),
  md5: z.string(),
  checksum: z.string(),
  modified_at: z.number(),
})

function uploadFrom(row: unknown): Upload {
  const { started_at, about, ...rest } = uploadShape.parse(row)
  return { ...rest, startedAt: started_at, about: uploadAboutShape.parse(JSON.parse(about)) }
}

function partFrom(row: unknown): Part {
  const { modified_at, ...rest } = partShape.parse(row)
  return { ...rest, modifiedAt: modified_at }
}

/** Multipart uploads that are neither completed nor aborted. */
export function createUploads(database: CloudDatabase) {
  return {
    find(id: string, bucket: string, key: string): Upload | undefined {
      const row = database.get('SELECT * FROM s3_upload WHERE id = ? AND bucket = ? AND key = ?', id, bucket, key)
      return row && uploadFrom(row)
    },
    begin({ id, bucket, key, startedAt, initiator, about }: Upload): void {
      database.run(
        'INSERT INTO s3_upload (id, bucket, key, started_at, initiator, about) VALUES (?, ?, ?, ?, ?, ?)',
        id,
        bucket,
        key,
        startedAt,
        initiator,
        JSON.stringify(about),
      )
    },
    /** Puts a part; gives back the blob of the one it replaces. */
    putPart(upload: string, part: Part): string | undefined {
      return database.transaction(() => {
        const old = database.get<{ blob: string }>(
          'SELECT blob FROM s3_part WHERE upload = ? AND number = ?',
          upload,
          part.number,
        )
        database.run(
          `INSERT OR REPLACE INTO s3_part (upload, number, blob, size, md5, checksum, modified_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          upload,
          part.number,
          part.blob,
          part.size,
          part.md5,
          part.checksum,
          part.modifiedAt,
        )
        return old?.blob
      })
    },
    parts: (upload: string): Part[] =>
      database.all('SELECT * FROM s3_part WHERE upload = ? ORDER BY number', upload).map(partFrom),
    /** Forgets an upload and its parts; gives their blobs back. */
    end(upload: string): string[] {
      const blobs = database.all<{ blob: string }>('SELECT blob FROM s3_part WHERE upload = ?', upload)
      database.run('DELETE FROM s3_upload WHERE id = ?', upload)
      return blobs.map(({ blob }) => blob)
    },
    /** In order of key and start. */
    ofBucket: (bucket: string): Upload[] =>
      database.all('SELECT * FROM s3_upload WHERE bucket = ? ORDER BY key, started_at', bucket).map(uploadFrom),
    usesBlob: (blob: string) => database.get('SELECT 1 FROM s3_part WHERE blob = ?', blob) !== undefined,
  }
}

export type Uploads = ReturnType<typeof createUploads>
