import type { GetBucketWebsiteOutput, GetBucketWebsiteRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { S3Error } from './errors.ts'
import type { S3 } from './s3.ts'

export const getBucketWebsite: Operation<S3, GetBucketWebsiteRequest, GetBucketWebsiteOutput> = {
  authorized: false,
  run({ access }, input, call) {
    const { name, website } = access.bucket(call, input, 's3:GetBucketWebsite')
    if (!website) {
      throw new S3Error(
        'NoSuchWebsiteConfiguration',
        404,
        'The specified bucket does not have a website configuration',
        { members: { BucketName: name } },
      )
    }
    const { IndexDocument, ErrorDocument, RedirectAllRequestsTo } = website
    return { IndexDocument, ErrorDocument, RedirectAllRequestsTo }
  },
}
