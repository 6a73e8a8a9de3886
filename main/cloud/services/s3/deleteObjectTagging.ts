import type { DeleteObjectTaggingOutput, DeleteObjectTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'

export const deleteObjectTagging: Operation<S3, DeleteObjectTaggingRequest, DeleteObjectTaggingOutput> = {
  authorized: false,
  run({ access, writing }, input, call) {
    const version = access.object(call, input, {
      latest: 's3:DeleteObjectTagging',
      version: 's3:DeleteObjectVersionTagging',
    })
    writing.describe(version, about => ({ ...about, tags: {} }))
    return version.versionId === 'null' ? {} : { VersionId: version.versionId }
  },
}
