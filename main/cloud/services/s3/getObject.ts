import type { Readable } from 'node:stream'
import type { GetObjectOutput, GetObjectRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { reading } from './access.ts'
import { extent } from './extent.ts'
import { describe } from './objectHeaders.ts'
import type { S3 } from './s3.ts'
import { refuseUnsupported } from './unsupported.ts'

type Output = Omit<GetObjectOutput, 'Body'> & { Body: Readable | Uint8Array }

export const getObject: Operation<S3, GetObjectRequest, Output> = {
  authorized: false,
  run({ access, blobs }, input, call) {
    refuseUnsupported(input)
    const version = access.object(call, input, reading)
    const { range, length, members } = extent(version, input)
    return {
      // A checksum of the whole object would not fit a part of it.
      ...describe(version, { checksums: input.ChecksumMode === 'ENABLED' && !range }),
      ...members,
      ...overrides(input),
      Body: length === 0 ? new Uint8Array() : blobs.read(version.blob, range),
    }
  },
}

/** The headers that a (usually presigned) request wants instead of the stored ones. */
function overrides(input: GetObjectRequest): Partial<GetObjectOutput> {
  const { ResponseCacheControl, ResponseContentDisposition, ResponseContentEncoding } = input
  const { ResponseContentLanguage, ResponseContentType, ResponseExpires } = input
  return {
    ...(ResponseCacheControl !== undefined && { CacheControl: ResponseCacheControl }),
    ...(ResponseContentDisposition !== undefined && { ContentDisposition: ResponseContentDisposition }),
    ...(ResponseContentEncoding !== undefined && { ContentEncoding: ResponseContentEncoding }),
    ...(ResponseContentLanguage !== undefined && { ContentLanguage: ResponseContentLanguage }),
    ...(ResponseContentType !== undefined && { ContentType: ResponseContentType }),
    ...(ResponseExpires !== undefined && { Expires: ResponseExpires }),
  }
}
