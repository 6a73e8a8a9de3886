import type { PutBucketVersioningRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { malformedXml } from './errors.ts'
import type { S3 } from './s3.ts'

export const putBucketVersioning: Operation<S3, PutBucketVersioningRequest, object> = {
  authorized: false,
  run({ access, buckets }, input, call) {
    const { name } = access.bucket(call, input, 's3:PutBucketVersioning')
    const status = input.VersioningConfiguration?.Status
    if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml()
    buckets.setVersioning(name, status)
    return {}
  },
}
