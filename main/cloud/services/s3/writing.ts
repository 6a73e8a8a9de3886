import { randomBytes } from 'node:crypto'
import type { Clock } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Blobs } from './blobs.ts'
import type { Bucket } from './buckets.ts'
import { checkWriteConditions, type ReadConditions } from './conditions.ts'
import { noSuchVersion } from './errors.ts'
import type { Cause, Created, Notices } from './notices.ts'
import type { ObjectVersion, Version, Versions } from './versions.ts'

interface Parts {
  database: CloudDatabase
  clock: Clock
  blobs: Blobs
  versions: Versions
  notices: Notices
}

/** An object whose bytes are on the disk already. */
export interface Incoming {
  bucket: Bucket
  key: string
  object: Pick<ObjectVersion, 'blob' | 'size' | 'etag' | 'about'>
}

/** The changes that objects go through: each is one transaction, told to the bus once it is durable. */
export function createWriting({ database, clock, blobs, versions, notices }: Parts) {
  const versionId = (bucket: Bucket) =>
    bucket.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null'
  const blobsOf = (version: Version | undefined) => (version?.kind === 'object' ? [version.blob] : [])

  return {
    /** Makes it the latest version. `alongside` is what must become durable with it, and gives the blobs it frees. */
    async create(
      incoming: Incoming,
      reason: Created,
      cause: Cause,
      conditions: Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'> = {},
      alongside: () => readonly string[] = () => [],
    ): Promise<ObjectVersion> {
      const { bucket, key, object } = incoming
      let done: { version: Version; freed: string[] }
      try {
        done = database.transaction(() => {
          const current = versions.latest(bucket.name, key)
          checkWriteConditions(conditions, current?.kind === 'object' ? current : undefined)
          const { added, replaced } = versions.add({
            bucket: bucket.name,
            key,
            versionId: versionId(bucket),
            modifiedAt: clock.now(),
            object,
          })
          return { version: added, freed: [...blobsOf(replaced), ...alongside()] }
        })
      } catch (error) {
        await blobs.release([object.blob])
        throw error
      }
      notices.created(bucket, done.version, cause, reason)
      await blobs.release(done.freed)
      const { sequence, modifiedAt, versionId: id } = done.version
      return { kind: 'object', bucket: bucket.name, key, versionId: id, latest: true, sequence, modifiedAt, ...object }
    },

    /**
     * DeleteObject: without a version it hides the object behind a delete marker (or removes it, where the bucket is
     * not versioned); with one it removes just that. Undefined where nothing was there to remove.
     */
    async remove(bucket: Bucket, key: string, named: string | undefined, cause: Cause): Promise<Version | undefined> {
      const { told, freed } = database.transaction(() => {
        if (named !== undefined || bucket.versioning === 'Off') {
          const version = versions.find(bucket.name, key, named ?? 'null')
          if (version) versions.remove(version)
          return { told: version, freed: blobsOf(version) }
        }
        const { added, replaced } = versions.add({
          bucket: bucket.name,
          key,
          versionId: versionId(bucket),
          modifiedAt: clock.now(),
        })
        return { told: added, freed: blobsOf(replaced) }
      })
      // Taking a delete marker away deletes no object.
      const markerRemoved = named !== undefined && told?.kind === 'deleteMarker'
      if (told && !markerRemoved) notices.deleted(bucket, told, cause)
      await blobs.release(freed)
      return told
    },

    /** Changes what is kept beside an object's bytes. */
    describe(version: ObjectVersion, change: (about: ObjectVersion['about']) => ObjectVersion['about']): void {
      database.transaction(() => {
        const now = versions.find(version.bucket, version.key, version.versionId)
        if (now?.kind !== 'object') throw noSuchVersion(version.key, version.versionId)
        versions.setAbout(now, change(now.about))
      })
    },
  }
}

export type Writing = ReturnType<typeof createWriting>
