import type { GetObjectTaggingOutput, GetObjectTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'

export const getObjectTagging: Operation<S3, GetObjectTaggingRequest, GetObjectTaggingOutput> = {
  authorized: false,
  run({ access }, input, call) {
    const { about, versionId } = access.object(call, input, {
      latest: 's3:GetObjectTagging',
      version: 's3:GetObjectVersionTagging',
    })
    return {
      TagSet: Object.entries(about.tags).map(([Key, Value]) => ({ Key, Value })),
      ...(versionId !== 'null' && { VersionId: versionId }),
    }
  },
}
