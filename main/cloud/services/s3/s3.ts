import { join } from 'node:path'
import type { Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import type { Mount } from '../../server/http.ts'
import type { Authorize, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { type Access, createAccess } from './access.ts'
import { type Blobs, createBlobs } from './blobs.ts'
import { type Buckets, createBuckets } from './buckets.ts'
import { operations } from './index.ts'
import { createInProcess } from './inProcess.ts'
import { createNotices } from './notices.ts'
import type { Objects } from './objects.ts'
import { migrations } from './tables.ts'
import { createUploads, type Uploads } from './uploads.ts'
import { createVersions, type Versions } from './versions.ts'
import { createWebsites } from './website.ts'
import { createWriting, type Writing } from './writing.ts'

/** What S3 lends to its operations. */
export interface S3 {
  clock: Clock
  database: CloudDatabase
  buckets: Buckets
  versions: Versions
  uploads: Uploads
  blobs: Blobs
  access: Access
  writing: Writing
}

export interface S3Options {
  database: CloudDatabase
  clock: Clock
  bus: EventBus
  authorize: Authorize
  /** The cloud's directory; objects lie in `s3/objects` below it. */
  data: string
}

/** S3, once what a crash may have left half written is gone. */
export async function createS3({ database, clock, bus, authorize, data }: S3Options): Promise<{
  service: Service<S3>
  objects: Objects
  /** Answers for `<bucket>.s3-website.localhost`, without signatures. */
  websites: Mount
}> {
  database.migrate('s3', migrations)
  const buckets = createBuckets(database)
  const versions = createVersions(database)
  const uploads = createUploads(database)
  const blobs = createBlobs(join(data, 's3', 'objects'), clock)
  await blobs.sweep(blob => versions.usesBlob(blob) || uploads.usesBlob(blob))
  const access = createAccess(buckets, versions, authorize)
  const notices = createNotices(bus, clock)
  const writing = createWriting({ database, clock, blobs, versions, notices })
  const s3: S3 = { clock, database, buckets, versions, uploads, blobs, access, writing }
  return {
    service: { name: 's3', lends: s3, operations },
    objects: createInProcess(s3),
    websites: createWebsites(s3),
  }
}
