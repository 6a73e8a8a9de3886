import type { GetBucketLocationOutput, GetBucketLocationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'

export const getBucketLocation: Operation<
  S3,
  GetBucketLocationRequest,
  GetBucketLocationOutput | { LocationConstraint: string }
> = {
  authorized: false,
  run({ access }, input, { caller }) {
    // From any region: clients ask this to find the right one. us-east-1 has no constraint.
    const { region } = access.bucket({ caller }, input, 's3:GetBucketLocation')
    return { LocationConstraint: region === 'us-east-1' ? '' : region }
  },
}
