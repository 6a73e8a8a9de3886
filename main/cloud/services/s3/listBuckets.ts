import type { ListBucketsOutput, ListBucketsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { invalidArgument } from './errors.ts'
import { owner } from './owner.ts'
import type { S3 } from './s3.ts'

export const listBuckets: Operation<S3, ListBucketsRequest, ListBucketsOutput> = {
  actions: () => ['s3:ListAllMyBuckets'],
  run({ buckets }, { Prefix = '', BucketRegion, ContinuationToken, MaxBuckets = 10_000 }, call) {
    if (MaxBuckets < 1 || MaxBuckets > 10_000) throw invalidArgument('max-buckets must be between 1 and 10000')
    const after = ContinuationToken === undefined ? '' : Buffer.from(ContinuationToken, 'base64url').toString('utf8')
    const found = buckets
      .ofAccount(call.account)
      .filter(({ name, region }) => name.startsWith(Prefix) && name > after && region === (BucketRegion ?? region))
    const page = found.slice(0, MaxBuckets)
    const last = page.at(-1)
    return {
      Owner: owner(call.account),
      Buckets: page.map(({ name, region, createdAt }) => ({
        Name: name,
        CreationDate: new Date(createdAt),
        BucketRegion: region,
      })),
      Prefix,
      ...(last && page.length < found.length && { ContinuationToken: Buffer.from(last.name).toString('base64url') }),
    }
  },
}
