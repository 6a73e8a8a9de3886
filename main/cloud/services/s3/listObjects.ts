import type { ListObjectsOutput, ListObjectsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { listPage } from './listing.ts'
import { encoder, lastName, listedObject, pageSize } from './listingOutput.ts'
import { owner } from './owner.ts'
import type { S3 } from './s3.ts'

export const listObjects: Operation<S3, ListObjectsRequest, ListObjectsOutput> = {
  authorized: false,
  run({ access, versions }, input, call) {
    const { Prefix = '', Delimiter = '', Marker = '' } = input
    const context = { 's3:prefix': Prefix, 's3:delimiter': Delimiter }
    const bucket = access.bucket(call, input, 's3:ListBucket', context)
    const encode = encoder(input.EncodingType)
    const limit = pageSize(input.MaxKeys)
    const after = Marker === '' ? undefined : { key: Marker, inclusive: false }
    const page = listPage({ prefix: Prefix, delimiter: Delimiter, after, limit }, (from, count) =>
      versions.objects(bucket.name, from, count),
    )
    return {
      Name: bucket.name,
      Prefix: encode(Prefix),
      Marker: encode(Marker),
      ...(Delimiter !== '' && { Delimiter: encode(Delimiter) }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      MaxKeys: limit,
      IsTruncated: page.next !== undefined,
      // Without a delimiter S3 leaves it out: the last key is the next marker.
      ...(page.next && Delimiter !== '' && { NextMarker: encode(lastName(page.next)) }),
      Contents: page.versions.map(version => ({ ...listedObject(version, encode), Owner: owner(bucket.account) })),
      CommonPrefixes: page.commonPrefixes.map(prefix => ({ Prefix: encode(prefix) })),
    }
  },
}
