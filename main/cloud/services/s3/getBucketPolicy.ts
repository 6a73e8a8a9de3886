import type { GetBucketPolicyOutput, GetBucketPolicyRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { S3Error } from './errors.ts'
import type { S3 } from './s3.ts'

export const getBucketPolicy: Operation<S3, GetBucketPolicyRequest, GetBucketPolicyOutput> = {
  authorized: false,
  run({ access }, input, call) {
    const { name, policy } = access.bucket(call, input, 's3:GetBucketPolicy')
    if (policy === undefined) {
      throw new S3Error('NoSuchBucketPolicy', 404, 'The bucket policy does not exist', {
        members: { BucketName: name },
      })
    }
    return { Policy: policy }
  },
}
