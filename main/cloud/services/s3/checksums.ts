import { createHash } from 'node:crypto'
import type { HttpRequest } from '../../server/http.ts'
import { type Running, runningCrc32, runningCrc32c, runningCrc64Nvme } from './crc.ts'
import { badDigest, invalidRequest } from './errors.ts'

export const algorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'] as const
export type ChecksumAlgorithm = (typeof algorithms)[number]

/** FULL_OBJECT is over the object's bytes, COMPOSITE over the checksums of its parts. */
export interface Checksum {
  algorithm: ChecksumAlgorithm
  type: 'FULL_OBJECT' | 'COMPOSITE'
  /** Base64; of a composite one with `-<parts>` behind it. */
  value: string
}

/** The members that PutObject, UploadPart and others have for checksums (`ChecksumCRC32`, …). */
export type ChecksumMembers = { [K in `Checksum${ChecksumAlgorithm}`]?: string | undefined }

const starters: Readonly<Record<ChecksumAlgorithm, () => Running>> = {
  CRC32: runningCrc32,
  CRC32C: runningCrc32c,
  CRC64NVME: runningCrc64Nvme,
  SHA1: () => createHash('sha1'),
  SHA256: () => createHash('sha256'),
  SHA512: () => createHash('sha512'),
  MD5: () => createHash('md5'),
}

export const startChecksum = (algorithm: ChecksumAlgorithm): Running => starters[algorithm]()

function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  const running = startChecksum(algorithm)
  running.update(bytes)
  return running.digest().toString('base64')
}

/** Throws InvalidRequest for an algorithm that S3 does not know, or that the cloud does not compute. */
export function checksumAlgorithm(name: string): ChecksumAlgorithm {
  const found = algorithms.find(algorithm => algorithm === name.toUpperCase())
  if (!found)
    throw invalidRequest('Checksum algorithm provided is unsupported. Please try again with any of the valid types')
  return found
}

/** The one checksum that the caller states of the bytes. Throws InvalidRequest where there are several. */
export function statedChecksum(members: ChecksumMembers): { algorithm: ChecksumAlgorithm; value: string } | undefined {
  const stated = algorithms.flatMap(algorithm => {
    const value = members[`Checksum${algorithm}`]
    return value === undefined ? [] : [{ algorithm, value }]
  })
  if (stated.length > 1)
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.')
  return stated[0]
}

/** A stored checksum as the members of an output. */
export function checksumMembers(checksum: Checksum | undefined): ChecksumMembers & { ChecksumType?: Checksum['type'] } {
  return checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type } : {}
}

/** The name of the header or trailer that carries a checksum. */
export const checksumHeader = (algorithm: ChecksumAlgorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`

/** Checks a whole document against Content-MD5 and the checksum headers. Throws BadDigest. */
export function verifyDocument(headers: HttpRequest['headers'], bytes: Uint8Array): void {
  const md5 = headers['content-md5']
  if (md5 !== undefined && md5 !== checksumOf('MD5', bytes)) throw badDigest('Content-MD5')
  for (const algorithm of algorithms) {
    const stated = headers[checksumHeader(algorithm)]
    if (stated !== undefined && stated !== checksumOf(algorithm, bytes)) throw badDigest(algorithm)
  }
}
