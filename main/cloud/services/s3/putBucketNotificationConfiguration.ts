import type { PutBucketNotificationConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { notImplemented } from './errors.ts'
import type { S3 } from './s3.ts'

/** Turns EventBridge on and off; queues, topics and functions as targets are refused rather than forgotten. */
export const putBucketNotificationConfiguration: Operation<S3, PutBucketNotificationConfigurationRequest, object> = {
  authorized: false,
  run({ access, buckets }, input, call) {
    const { name } = access.bucket(call, input, 's3:PutBucketNotification')
    const { EventBridgeConfiguration, ...others } = input.NotificationConfiguration ?? {}
    const [unknown] = Object.entries(others).flatMap(([kind, targets]) => (targets?.length ? [kind] : []))
    if (unknown !== undefined) throw notImplemented(unknown)
    buckets.setEventBridge(name, EventBridgeConfiguration !== undefined)
    return {}
  },
}
