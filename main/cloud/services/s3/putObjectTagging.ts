import type { PutObjectTaggingOutput, PutObjectTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { S3 } from './s3.ts'
import { tagsOf } from './tags.ts'

export const putObjectTagging: Operation<S3, PutObjectTaggingRequest, PutObjectTaggingOutput> = {
  authorized: false,
  run({ access, writing }, input, call) {
    const tags = tagsOf(input.Tagging?.TagSet)
    const version = access.object(call, input, {
      latest: 's3:PutObjectTagging',
      version: 's3:PutObjectVersionTagging',
    })
    writing.describe(version, about => ({ ...about, tags }))
    return version.versionId === 'null' ? {} : { VersionId: version.versionId }
  },
}
