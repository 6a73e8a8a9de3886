import type { ListObjectsV2Output, ListObjectsV2Request } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { listPage } from './listing.ts'
import { encoder, fromToken, listedObject, pageSize, tokenFor } from './listingOutput.ts'
import { owner } from './owner.ts'
import type { S3 } from './s3.ts'

export const listObjectsV2: Operation<S3, ListObjectsV2Request, ListObjectsV2Output> = {
  authorized: false,
  run({ access, versions }, input, call) {
    const { Prefix = '', Delimiter = '', StartAfter, ContinuationToken } = input
    const context = { 's3:prefix': Prefix, 's3:delimiter': Delimiter }
    const bucket = access.bucket(call, input, 's3:ListBucket', context)
    const encode = encoder(input.EncodingType)
    const limit = pageSize(input.MaxKeys)
    const after = ContinuationToken === undefined ? StartAfter : fromToken(ContinuationToken)
    const page = listPage(
      {
        prefix: Prefix,
        delimiter: Delimiter,
        after: after === undefined ? undefined : { key: after, inclusive: false },
        limit,
      },
      (from, count) => versions.objects(bucket.name, from, count),
    )
    return {
      Name: bucket.name,
      Prefix: encode(Prefix),
      ...(Delimiter !== '' && { Delimiter: encode(Delimiter) }),
      ...(StartAfter !== undefined && { StartAfter: encode(StartAfter) }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      ...(ContinuationToken !== undefined && { ContinuationToken }),
      MaxKeys: limit,
      KeyCount: page.versions.length + page.commonPrefixes.length,
      IsTruncated: page.next !== undefined,
      ...(page.next && { NextContinuationToken: tokenFor(page.next) }),
      Contents: page.versions.map(version => ({
        ...listedObject(version, encode),
        ...(input.FetchOwner && { Owner: owner(bucket.account) }),
      })),
      CommonPrefixes: page.commonPrefixes.map(prefix => ({ Prefix: encode(prefix) })),
    }
  },
}
