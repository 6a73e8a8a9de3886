import { Readable } from 'node:stream'
import type { Trailers } from '../../server/protocols/awsChunked.ts'
import type { StreamedBody } from '../../server/protocols/restBody.ts'
import type { Blob, Blobs } from './blobs.ts'
import {
  algorithms,
  type ChecksumAlgorithm,
  type ChecksumMembers,
  checksumAlgorithm,
  checksumHeader,
  statedChecksum,
} from './checksums.ts'
import { badDigest, invalidArgument, S3Error } from './errors.ts'

/** S3's own limit for a single PutObject or UploadPart: 5 GiB. */
export const largestUpload = 5 * 1024 ** 3

/** What a client says of the bytes it sends (members of PutObject and UploadPart). */
export interface Declared extends ChecksumMembers {
  Body?: StreamedBody | undefined
  ContentMD5?: string | undefined
  ChecksumAlgorithm?: string | undefined
}

/** The bytes of a request on the disk, found to be those that the client meant. */
export interface Received extends Blob {
  algorithm: ChecksumAlgorithm
}

const nothing = (): StreamedBody => ({ stream: Readable.from([]), trailers: new Map(), length: 0 })

/**
 * Receives a body and checks its length, Content-MD5 and checksum, be it stated in a header or behind the body.
 * `preferred` is the algorithm where the client names none.
 */
export async function receiveBody(blobs: Blobs, declared: Declared, preferred: ChecksumAlgorithm): Promise<Received> {
  const { stream, trailers, length } = declared.Body ?? nothing()
  const stated = statedChecksum(declared)
  const named = declared.ChecksumAlgorithm
  const algorithm = stated?.algorithm ?? (named === undefined ? preferred : checksumAlgorithm(named))
  const md5 = declared.ContentMD5
  if (md5 !== undefined && Buffer.from(md5, 'base64').byteLength !== 16) {
    throw new S3Error('InvalidDigest', 400, 'The Content-MD5 you specified was invalid.')
  }
  const guard = refuseBeyond(largestUpload)
  guard(length ?? 0)
  const blob = await blobs.receive(stream, algorithm, guard).catch((error: unknown) => {
    throw isGone(error) ? incomplete() : error
  })
  try {
    if (length !== undefined && length !== blob.size) throw incomplete()
    if (md5 !== undefined && Buffer.from(md5, 'base64').toString('hex') !== blob.md5) throw badDigest('Content-MD5')
    const expected = stated ?? trailingChecksum(trailers)
    if (expected && expected.algorithm !== algorithm) {
      throw invalidArgument('The checksum behind the body is of another algorithm than the request names.')
    }
    if (expected && expected.value !== blob.checksum) throw badDigest(algorithm)
  } catch (error) {
    await blobs.release([blob.id])
    throw error
  }
  return { ...blob, algorithm }
}

const incomplete = () =>
  new S3Error(
    'IncompleteBody',
    400,
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  )

/** Whether the client went away in the middle of its body. */
const isGone = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')

/** A guard that lets so many bytes through. */
export const refuseBeyond = (limit: number) => (size: number) => {
  if (size <= limit) return
  throw new S3Error('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size', {
    members: { MaxSizeAllowed: limit, ProposedSize: size },
  })
}

function trailingChecksum(trailers: Trailers): { algorithm: ChecksumAlgorithm; value: string } | undefined {
  for (const algorithm of algorithms) {
    const value = trailers.get(checksumHeader(algorithm))
    if (value !== undefined) return { algorithm, value }
  }
  return undefined
}
