import type { Readable } from 'node:stream'
import type { Millis } from '../../../base/clock.ts'
import type { Caller } from '../../server/operation.ts'

/** One version of one object. */
export interface StoredObject {
  bucket: string
  key: string
  versionId: string
  /** Quoted, as S3 gives it. */
  etag: string
  size: number
  contentType: string
  /** User metadata, lower-case names without `x-amz-meta-`. */
  metadata: Readonly<Record<string, string>>
  modifiedAt: Millis
}

export interface PutOptions {
  contentType?: string
  cacheControl?: string
  metadata?: Readonly<Record<string, string>>
}

/** S3's objects for the other services of the cloud: the same permission checks and events as over the wire. */
export interface Objects {
  /** The region of a bucket, or undefined where there is none. */
  regionOf(bucket: string): string | undefined
  /** The latest version, or the one named. Throws NoSuchBucket, NoSuchKey, AccessDenied. */
  head(as: Caller, bucket: string, key: string, versionId?: string): StoredObject
  /** `file` is where the bytes lie: read it, never change it. */
  open(as: Caller, bucket: string, key: string, versionId?: string): { object: StoredObject; file: string }
  /** Takes a stream, bytes, or a file to copy. */
  put(
    as: Caller,
    bucket: string,
    key: string,
    body: Readable | Uint8Array | { file: string },
    options?: PutOptions,
  ): Promise<StoredObject>
}
