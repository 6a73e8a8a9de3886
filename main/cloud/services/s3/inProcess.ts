import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { reading } from './access.ts'
import type { Objects, StoredObject } from './objects.ts'
import { largestUpload, refuseBeyond } from './receiving.ts'
import type { S3 } from './s3.ts'
import type { ObjectVersion } from './versions.ts'

/** S3's objects for the other services of the cloud. */
export function createInProcess({ buckets, blobs, access, writing }: S3): Objects {
  const find: Objects['head'] extends (...args: infer A) => unknown ? (...args: A) => ObjectVersion : never = (
    as,
    bucket,
    key,
    versionId,
  ) => access.object({ caller: as }, { Bucket: bucket, Key: key, VersionId: versionId }, reading)

  return {
    regionOf: bucket => buckets.find(bucket)?.region,
    head: (...asked) => toStored(find(...asked)),
    open(...asked) {
      const version = find(...asked)
      return { object: toStored(version), file: blobs.file(version.blob) }
    },
    async put(as, bucketName, keyName, body, options = {}) {
      const { bucket, key } = access.key({ caller: as }, { Bucket: bucketName, Key: keyName }, 's3:PutObject')
      const blob = await blobs.receive(source(body), 'CRC64NVME', refuseBeyond(largestUpload))
      const object = {
        blob: blob.id,
        size: blob.size,
        etag: `"${blob.md5}"`,
        about: {
          contentType: options.contentType ?? 'binary/octet-stream',
          ...(options.cacheControl !== undefined && { cacheControl: options.cacheControl }),
          metadata: { ...options.metadata },
          tags: {},
          checksum: { algorithm: 'CRC64NVME' as const, type: 'FULL_OBJECT' as const, value: blob.checksum },
        },
      }
      return toStored(await writing.create({ bucket, key, object }, 'PutObject', { caller: as }))
    },
  }
}

function source(body: Readable | Uint8Array | { file: string }): AsyncIterable<Uint8Array> {
  if (body instanceof Uint8Array) return Readable.from([body])
  return body instanceof Readable ? body : createReadStream(body.file)
}

function toStored({ bucket, key, versionId, etag, size, modifiedAt, about }: ObjectVersion): StoredObject {
  return {
    bucket,
    key,
    versionId,
    etag,
    size,
    contentType: about.contentType,
    metadata: about.metadata,
    modifiedAt,
  }
}
