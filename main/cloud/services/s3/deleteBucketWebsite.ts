import type { DeleteBucketWebsiteRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'

export const deleteBucketWebsite: Operation<S3, DeleteBucketWebsiteRequest, object> = {
  authorized: false,
  run({ access, buckets }, input, call) {
    buckets.setWebsite(access.bucket(call, input, 's3:DeleteBucketWebsite').name, undefined)
    return {}
  },
}
