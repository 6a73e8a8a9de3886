import type { CopyObjectOutput, CopyObjectRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { reading } from './access.ts'
import { checksumAlgorithm, checksumMembers } from './checksums.ts'
import { checkCopyConditions } from './conditions.ts'
import { copySource } from './copySource.ts'
import { invalidRequest } from './errors.ts'
import { aboutOf } from './objectHeaders.ts'
import { largestUpload, refuseBeyond } from './receiving.ts'
import type { S3 } from './s3.ts'
import { refuseUnsupported } from './unsupported.ts'
import type { About, ObjectVersion } from './versions.ts'

export const copyObject: Operation<S3, CopyObjectRequest, CopyObjectOutput> = {
  authorized: false,
  async run({ access, blobs, writing }, input, call) {
    const { bucket, key } = access.key(call, input, 's3:PutObject')
    refuseUnsupported(input)
    const asked = copySource(input.CopySource ?? '')
    // The source may lie in another region than the request was signed for.
    const owner = { ExpectedBucketOwner: input.ExpectedSourceBucketOwner }
    const source = access.object({ caller: call.caller }, { ...asked, ...owner }, reading)
    checkCopyConditions(conditionsOf(input), source)
    const onItself = source.bucket === bucket.name && source.key === key && asked.VersionId === undefined
    if (onItself && input.MetadataDirective !== 'REPLACE' && input.StorageClass === undefined) {
      throw invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      )
    }
    refuseBeyond(largestUpload)(source.size)
    const algorithm = input.ChecksumAlgorithm && checksumAlgorithm(input.ChecksumAlgorithm)
    const again = algorithm !== undefined && algorithm !== source.about.checksum?.algorithm
    const bytes = again ? await blobs.receive(blobs.read(source.blob), algorithm) : undefined
    const about: About = {
      ...aboutAfter(input, source),
      ...(bytes && algorithm && { checksum: { algorithm, type: 'FULL_OBJECT', value: bytes.checksum } }),
    }
    // A copied object is one whole, however its source was uploaded; its ETag stays where its bytes are not read.
    const object = {
      blob: bytes?.id ?? (await blobs.duplicate(source.blob)),
      size: source.size,
      etag: source.etag,
      about,
    }
    const version = await writing.create({ bucket, key, object }, 'CopyObject', call)
    return {
      CopyObjectResult: {
        ETag: version.etag,
        LastModified: new Date(version.modifiedAt),
        ...checksumMembers(version.about.checksum),
      },
      ServerSideEncryption: 'AES256',
      ...(version.versionId !== 'null' && { VersionId: version.versionId }),
      ...(source.versionId !== 'null' && { CopySourceVersionId: source.versionId }),
    }
  },
}

function conditionsOf(input: CopyObjectRequest) {
  return {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  }
}

/** Metadata and tags go along unless the request says REPLACE; the two are told apart. */
function aboutAfter(input: CopyObjectRequest, source: ObjectVersion): About {
  const given = aboutOf(input)
  const { partSizes: _, ...kept } = input.MetadataDirective === 'REPLACE' ? given : source.about
  const { checksum, tags } = source.about
  return { ...kept, tags: input.TaggingDirective === 'REPLACE' ? given.tags : tags, ...(checksum && { checksum }) }
}
