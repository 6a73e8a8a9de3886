import { randomUUID } from 'node:crypto'
import type { Clock } from '../../../base/clock.ts'
import type { CloudEvent, EventBus } from '../../events.ts'
import type { Caller } from '../../server/operation.ts'
import { bucketArn } from './access.ts'
import type { Bucket } from './buckets.ts'
import type { Version } from './versions.ts'

/** Who caused an event, and by which call. In-process calls have no request. */
export interface Cause {
  caller: Caller
  requestId?: string
  sourceIp?: string
}

export type Created = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload'

/**
 * Tells the cloud's bus what became of objects, in the form that S3 sends to EventBridge ("Using EventBridge", S3 user
 * guide). Every bucket's changes are told: within the cloud they also stand for what CodePipeline finds by polling.
 */
export function createNotices(bus: EventBus, clock: Clock) {
  const publish = (type: string, bucket: Bucket, version: Version, cause: Cause, rest: Record<string, string>) => {
    const event: CloudEvent = {
      source: 'aws.s3',
      'detail-type': type,
      account: bucket.account,
      region: bucket.region,
      time: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
      resources: [bucketArn(bucket.name)],
      detail: {
        version: '0',
        bucket: { name: bucket.name },
        object: {
          key: version.key,
          ...(version.kind === 'object' && { size: version.size, etag: version.etag.replaceAll('"', '') }),
          ...(version.versionId !== 'null' && { 'version-id': version.versionId }),
          sequencer: version.sequence.toString(16).toUpperCase().padStart(18, '0'),
        },
        'request-id': cause.requestId ?? randomUUID(),
        requester: cause.caller.account,
        'source-ip-address': cause.sourceIp ?? '127.0.0.1',
        ...rest,
      },
    }
    bus.publish(event)
  }
  return {
    created: (bucket: Bucket, version: Version, cause: Cause, reason: Created) =>
      publish('Object Created', bucket, version, cause, { reason }),
    deleted: (bucket: Bucket, version: Version, cause: Cause) =>
      publish('Object Deleted', bucket, version, cause, {
        reason: 'DeleteObject',
        'deletion-type': version.kind === 'deleteMarker' ? 'Delete Marker Created' : 'Permanently Deleted',
      }),
  }
}

export type Notices = ReturnType<typeof createNotices>
