import type { DeleteObjectOutput, DeleteObjectRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'

/** Succeeds where nothing was there, too: it is gone either way. */
export const deleteObject: Operation<S3, DeleteObjectRequest, DeleteObjectOutput> = {
  authorized: false,
  async run({ access, writing }, input, call) {
    const { VersionId } = input
    const { bucket, key } = access.key(
      call,
      input,
      VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
    )
    const removed = await writing.remove(bucket, key, VersionId, call)
    const versionId = VersionId ?? (removed?.kind === 'deleteMarker' ? removed.versionId : undefined)
    return {
      ...(removed?.kind === 'deleteMarker' && { DeleteMarker: true }),
      ...(versionId !== undefined && { VersionId: versionId }),
    }
  },
}
