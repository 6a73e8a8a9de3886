import type { PutBucketWebsiteRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { websiteShape } from './buckets.ts'
import { invalidArgument, malformedXml, notImplemented } from './errors.ts'
import type { S3 } from './s3.ts'

export const putBucketWebsite: Operation<S3, PutBucketWebsiteRequest, object> = {
  authorized: false,
  run({ access, buckets }, input, call) {
    const { name } = access.bucket(call, input, 's3:PutBucketWebsite')
    if (input.WebsiteConfiguration?.RoutingRules?.length) throw notImplemented('RoutingRules')
    const parsed = websiteShape.safeParse(input.WebsiteConfiguration)
    if (!parsed.success) throw malformedXml()
    const website = parsed.data
    if (!website.RedirectAllRequestsTo && !website.IndexDocument) {
      throw invalidArgument('A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty')
    }
    if (website.IndexDocument?.Suffix.includes('/'))
      throw invalidArgument('The IndexDocument Suffix is not well formed')
    buckets.setWebsite(name, website)
    return {}
  },
}
