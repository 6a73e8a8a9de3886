import type { GetBucketNotificationConfigurationRequest, NotificationConfiguration } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'

export const getBucketNotificationConfiguration: Operation<
  S3,
  GetBucketNotificationConfigurationRequest,
  NotificationConfiguration
> = {
  authorized: false,
  run: ({ access }, input, call) =>
    access.bucket(call, input, 's3:GetBucketNotification').eventBridge ? { EventBridgeConfiguration: {} } : {},
}
