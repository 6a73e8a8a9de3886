import { createHash } from 'node:crypto'
import type { CompletedPart, CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { Blobs } from './blobs.ts'
import { type Checksum, checksumMembers, startChecksum, statedChecksum } from './checksums.ts'
import { badDigest, invalidRequest, malformedXml, noSuchUpload, S3Error } from './errors.ts'
import type { S3 } from './s3.ts'
import type { Part, Upload } from './uploads.ts'

/** S3: every part but the last has at least so many bytes. */
const smallestPart = 5 * 1024 * 1024

export const completeMultipartUpload: Operation<S3, CompleteMultipartUploadRequest, CompleteMultipartUploadOutput> = {
  authorized: false,
  async run({ access, blobs, uploads, writing }, input, call) {
    const { bucket, key } = access.key(call, input, 's3:PutObject')
    const id = input.UploadId ?? ''
    const upload = uploads.find(id, bucket.name, key)
    if (!upload) throw noSuchUpload(id)
    const parts = chosenParts(uploads.parts(id), input.MultipartUpload?.Parts ?? [], upload)
    const size = parts.reduce((sum, part) => sum + part.size, 0)
    if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) {
      throw invalidRequest(`The provided 'x-amz-mp-object-size' header does not match what was computed.`)
    }
    const whole = await blobs.receive(joined(blobs, parts), upload.about.algorithm)
    const checksum = checksumOver(upload, parts, whole.checksum)
    const stated = statedChecksum(input)
    if (stated && upload.about.chosen && stated.value !== checksum.value) {
      await blobs.release([whole.id])
      throw badDigest(stated.algorithm)
    }
    const md5 = createHash('md5')
    for (const part of parts) md5.update(Buffer.from(part.md5, 'hex'))
    const object = {
      blob: whole.id,
      size,
      etag: `"${md5.digest('hex')}-${parts.length}"`,
      about: { ...upload.about.object, checksum, partSizes: parts.map(part => part.size) },
    }
    const version = await writing.create({ bucket, key, object }, 'CompleteMultipartUpload', call, input, () => {
      // Completed or aborted by someone else while its parts were being put together.
      if (!uploads.find(id, bucket.name, key)) throw noSuchUpload(id)
      return uploads.end(id)
    })
    return {
      Location: `/${bucket.name}/${key}`,
      Bucket: bucket.name,
      Key: key,
      ETag: version.etag,
      ...checksumMembers(checksum),
      ServerSideEncryption: 'AES256',
      ...(version.versionId !== 'null' && { VersionId: version.versionId }),
    }
  },
}

function chosenParts(have: readonly Part[], asked: readonly CompletedPart[], upload: Upload): Part[] {
  if (asked.length === 0) throw malformedXml()
  const byNumber = new Map(have.map(part => [part.number, part]))
  if (asked.some(({ PartNumber = 0 }, index) => PartNumber <= (asked[index - 1]?.PartNumber ?? 0))) {
    throw new S3Error(
      'InvalidPartOrder',
      400,
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    )
  }
  return asked.map(({ PartNumber = 0, ETag = '', ...checksums }, index) => {
    const part = byNumber.get(PartNumber)
    const stated = upload.about.chosen ? statedChecksum(checksums) : undefined
    if (!part || ETag.replaceAll('"', '') !== part.md5 || (stated && stated.value !== part.checksum)) {
      throw new S3Error(
        'InvalidPart',
        400,
        'One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part’s entity tag.',
        { members: { UploadId: upload.id, PartNumber, ETag } },
      )
    }
    if (part.size < smallestPart && index < asked.length - 1) {
      throw new S3Error('EntityTooSmall', 400, 'Your proposed upload is smaller than the minimum allowed size', {
        members: { ProposedSize: part.size, MinSizeAllowed: smallestPart, PartNumber },
      })
    }
    return part
  })
}

async function* joined(blobs: Blobs, parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const { blob } of parts) yield* blobs.read(blob) as AsyncIterable<Uint8Array>
}

function checksumOver({ about }: Upload, parts: readonly Part[], whole: string): Checksum {
  const { algorithm, checksumType: type } = about
  if (type === 'FULL_OBJECT') return { algorithm, type, value: whole }
  const running = startChecksum(algorithm)
  for (const part of parts) running.update(Buffer.from(part.checksum, 'base64'))
  return { algorithm, type, value: `${running.digest().toString('base64')}-${parts.length}` }
}
