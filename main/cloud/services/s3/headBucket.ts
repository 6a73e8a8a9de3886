import type { HeadBucketOutput, HeadBucketRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'

export const headBucket: Operation<S3, HeadBucketRequest, HeadBucketOutput> = {
  authorized: false,
  run: ({ access }, input, call) => ({
    BucketRegion: access.bucket(call, input, 's3:ListBucket').region,
    AccessPointAlias: false,
  }),
}
