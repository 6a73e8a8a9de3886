import type { GetBucketVersioningOutput, GetBucketVersioningRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'

export const getBucketVersioning: Operation<S3, GetBucketVersioningRequest, GetBucketVersioningOutput> = {
  authorized: false,
  run({ access }, input, call) {
    const { versioning } = access.bucket(call, input, 's3:GetBucketVersioning')
    return versioning === 'Off' ? {} : { Status: versioning }
  },
}
