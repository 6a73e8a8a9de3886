import type { DeleteBucketPolicyRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'

export const deleteBucketPolicy: Operation<S3, DeleteBucketPolicyRequest, object> = {
  authorized: false,
  run({ access, buckets }, input, call) {
    buckets.setPolicy(access.bucket(call, input, 's3:DeleteBucketPolicy').name, undefined)
    return {}
  },
}
