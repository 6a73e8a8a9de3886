import { notImplemented, S3Error } from './errors.ts'

/** Members by which a request asks for what is not done here. */
interface Asked {
  SSECustomerAlgorithm?: string | undefined
  CopySourceSSECustomerAlgorithm?: string | undefined
  ObjectLockMode?: string | undefined
  ACL?: string | undefined
}

/** Refuses what would be promised and not kept: customers' encryption keys, object locks, ACLs beyond the owner's. */
export function refuseUnsupported({
  SSECustomerAlgorithm,
  CopySourceSSECustomerAlgorithm,
  ObjectLockMode,
  ACL,
}: Asked): void {
  if (SSECustomerAlgorithm !== undefined || CopySourceSSECustomerAlgorithm !== undefined) {
    throw notImplemented('x-amz-server-side-encryption-customer-algorithm')
  }
  if (ObjectLockMode !== undefined) throw notImplemented('x-amz-object-lock-mode')
  // Buckets have S3's default, "bucket owner enforced": such a bucket answers so.
  if (ACL !== undefined && ACL !== 'private' && ACL !== 'bucket-owner-full-control') {
    throw new S3Error('AccessControlListNotSupported', 400, 'The bucket does not allow ACLs')
  }
}
