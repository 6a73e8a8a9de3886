import type { UploadPartCopyOutput, UploadPartCopyRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { reading } from './access.ts'
import { copySource } from './copySource.ts'
import { invalidArgument, noSuchUpload } from './errors.ts'
import { largestUpload, refuseBeyond } from './receiving.ts'
import type { S3 } from './s3.ts'
import { checkPartNumber } from './uploadPart.ts'

export const uploadPartCopy: Operation<S3, UploadPartCopyRequest, UploadPartCopyOutput> = {
  authorized: false,
  async run({ access, blobs, uploads, clock }, input, call) {
    const { bucket, key } = access.key(call, input, 's3:PutObject')
    const id = input.UploadId ?? ''
    const upload = uploads.find(id, bucket.name, key)
    if (!upload) throw noSuchUpload(id)
    const number = checkPartNumber(input.PartNumber)
    const source = access.object({ caller: call.caller }, copySource(input.CopySource ?? ''), reading)
    const range = input.CopySourceRange === undefined ? undefined : copyRange(input.CopySourceRange, source.size)
    const { algorithm } = upload.about
    const bytes = await blobs.receive(blobs.read(source.blob, range), algorithm, refuseBeyond(largestUpload))
    const { id: blob, size, md5, checksum } = bytes
    const part = { number, blob, size, md5, checksum, modifiedAt: clock.now() }
    const replaced = uploads.putPart(id, part)
    if (replaced !== undefined) await blobs.release([replaced])
    return {
      CopyPartResult: { ETag: `"${md5}"`, LastModified: new Date(part.modifiedAt) },
      ...(source.versionId !== 'null' && { CopySourceVersionId: source.versionId }),
    }
  },
}

function copyRange(header: string, size: number) {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? []
  const range = { start: Number(from), end: Number(to) }
  if (from === undefined || range.end < range.start || range.end >= size) {
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`)
  }
  return range
}
