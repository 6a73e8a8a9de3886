import type { GetObjectAttributesOutput, GetObjectAttributesRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { checksumMembers } from './checksums.ts'
import type { S3 } from './s3.ts'

export const getObjectAttributes: Operation<S3, GetObjectAttributesRequest, GetObjectAttributesOutput> = {
  authorized: false,
  run({ access }, input, call) {
    const { latest, version: named } = { latest: 's3:GetObjectAttributes', version: 's3:GetObjectVersionAttributes' }
    access.object(call, input, { latest: 's3:GetObject', version: 's3:GetObjectVersion' })
    const version = access.object(call, input, { latest, version: named })
    const asked = new Set<string>(input.ObjectAttributes)
    const { about, etag, size, modifiedAt, versionId } = version
    return {
      LastModified: new Date(modifiedAt),
      ...(versionId !== 'null' && { VersionId: versionId }),
      // The one place where S3 gives it without quotes.
      ...(asked.has('ETag') && { ETag: etag.replaceAll('"', '') }),
      ...(asked.has('ObjectSize') && { ObjectSize: size }),
      ...(asked.has('StorageClass') && { StorageClass: 'STANDARD' as const }),
      ...(asked.has('Checksum') && about.checksum && { Checksum: checksumMembers(about.checksum) }),
      ...(asked.has('ObjectParts') && about.partSizes && { ObjectParts: { TotalPartsCount: about.partSizes.length } }),
    }
  },
}
