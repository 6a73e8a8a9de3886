import type { PutBucketPolicyRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { bucketArn } from './access.ts'
import { checkBucketPolicy } from './bucketPolicy.ts'
import type { S3 } from './s3.ts'

export const putBucketPolicy: Operation<S3, PutBucketPolicyRequest, object> = {
  authorized: false,
  run({ access, buckets }, input, call) {
    const { name } = access.bucket(call, input, 's3:PutBucketPolicy')
    const policy = input.Policy ?? ''
    checkBucketPolicy(policy, bucketArn(name))
    buckets.setPolicy(name, policy)
    return {}
  },
}
