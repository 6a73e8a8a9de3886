import type { GetBucketAclOutput, GetBucketAclRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { owner } from './owner.ts'
import type { S3 } from './s3.ts'

/** Buckets here have S3's default since 2023, "bucket owner enforced": the one ACL there is names the owner. */
export const getBucketAcl: Operation<S3, GetBucketAclRequest, GetBucketAclOutput> = {
  authorized: false,
  run({ access }, input, call) {
    const { account } = access.bucket(call, input, 's3:GetBucketAcl')
    const Owner = owner(account)
    return { Owner, Grants: [{ Grantee: { ...Owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] }
  },
}
