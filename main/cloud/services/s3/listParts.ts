import type { ListPartsOutput, ListPartsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { checksumMembers } from './checksums.ts'
import { noSuchUpload } from './errors.ts'
import { pageSize } from './listingOutput.ts'
import { owner } from './owner.ts'
import type { S3 } from './s3.ts'

export const listParts: Operation<S3, ListPartsRequest, ListPartsOutput> = {
  authorized: false,
  run({ access, uploads }, input, call) {
    const { bucket, key } = access.key(call, input, 's3:ListMultipartUploadParts')
    const id = input.UploadId ?? ''
    const upload = uploads.find(id, bucket.name, key)
    if (!upload) throw noSuchUpload(id)
    const { algorithm, checksumType, chosen } = upload.about
    const limit = pageSize(input.MaxParts)
    const rest = uploads.parts(id).filter(({ number }) => number > Number(input.PartNumberMarker ?? 0))
    const page = rest.slice(0, limit)
    return {
      Bucket: bucket.name,
      Key: key,
      UploadId: id,
      MaxParts: limit,
      PartNumberMarker: input.PartNumberMarker ?? '0',
      NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
      IsTruncated: page.length < rest.length,
      StorageClass: 'STANDARD',
      Owner: owner(bucket.account),
      Initiator: { ID: upload.initiator },
      ...(chosen && { ChecksumType: checksumType }),
      Parts: page.map(({ number, size, md5, checksum, modifiedAt }) => {
        const { ChecksumType: _, ...members } = checksumMembers(
          chosen ? { algorithm, type: 'FULL_OBJECT', value: checksum } : undefined,
        )
        return { PartNumber: number, Size: size, ETag: `"${md5}"`, LastModified: new Date(modifiedAt), ...members }
      }),
    }
  },
}
