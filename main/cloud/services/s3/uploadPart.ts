import type { UploadPartCommandInput, UploadPartOutput } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { StreamedBody } from '../../server/protocols/restBody.ts'
import { checksumMembers } from './checksums.ts'
import { invalidArgument, invalidRequest, noSuchUpload } from './errors.ts'
import { receiveBody } from './receiving.ts'
import type { S3 } from './s3.ts'

type Input = Omit<UploadPartCommandInput, 'Body'> & { Body?: StreamedBody }

export const uploadPart: Operation<S3, Input, UploadPartOutput> = {
  authorized: false,
  async run({ access, blobs, uploads, clock }, input, call) {
    const { bucket, key } = access.key(call, input, 's3:PutObject')
    const id = input.UploadId ?? ''
    const upload = uploads.find(id, bucket.name, key)
    if (!upload) throw noSuchUpload(id)
    const number = checkPartNumber(input.PartNumber)
    const { algorithm, chosen } = upload.about
    const received = await receiveBody(blobs, input, algorithm)
    const isGone = uploads.find(id, bucket.name, key) === undefined
    if (isGone || (chosen && received.algorithm !== algorithm)) {
      await blobs.release([received.id])
      if (isGone) throw noSuchUpload(id)
      throw invalidRequest(
        `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${received.algorithm.toLowerCase()}`,
      )
    }
    const { id: blob, size, md5, checksum } = received
    const replaced = uploads.putPart(id, { number, blob, size, md5, checksum, modifiedAt: clock.now() })
    if (replaced !== undefined) await blobs.release([replaced])
    const { ChecksumType: _, ...members } = checksumMembers({
      algorithm: received.algorithm,
      type: 'FULL_OBJECT',
      value: checksum,
    })
    return { ETag: `"${md5}"`, ServerSideEncryption: 'AES256', ...members }
  },
}

/** S3: parts are numbered from 1 to 10,000. */
export function checkPartNumber(number: number | undefined): number {
  if (number !== undefined && Number.isInteger(number) && number >= 1 && number <= 10_000) return number
  throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', { ArgumentName: 'partNumber' })
}
