import type { _Object } from '@aws-sdk/client-s3'
import { invalidArgument } from './errors.ts'
import type { Page } from './listing.ts'
import type { Version } from './versions.ts'

/** S3: a page has at most so many keys, however many are asked for. */
const longestPage = 1000

export function pageSize(asked: number | undefined): number {
  if (asked !== undefined && asked < 0)
    throw invalidArgument('Argument max-keys must be an integer between 0 and 2147483647')
  return Math.min(asked ?? longestPage, longestPage)
}

/** `encoding-type=url`: for keys that XML 1.0 cannot carry. */
export function encoder(encodingType: string | undefined): (text: string) => string {
  if (encodingType === undefined) return text => text
  if (encodingType !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request')
  return text => text.split('/').map(encodeURIComponent).join('/')
}

/** One object as ListObjects and ListObjectsV2 give it. */
export function listedObject(version: Version, encode: (text: string) => string): _Object {
  const common = { Key: encode(version.key), LastModified: new Date(version.modifiedAt) }
  if (version.kind === 'deleteMarker') return common
  const { checksum } = version.about
  return {
    ...common,
    ETag: version.etag,
    Size: version.size,
    StorageClass: 'STANDARD',
    ...(checksum &&
      checksum.algorithm !== 'MD5' &&
      checksum.algorithm !== 'SHA512' && {
        ChecksumAlgorithm: [checksum.algorithm],
        ChecksumType: checksum.type,
      }),
  }
}

export const lastName = (next: NonNullable<Page['next']>) => (next.kind === 'prefix' ? next.prefix : next.version.key)

/** Clients treat it as opaque; it is the name that the page ended with. */
export const tokenFor = (next: NonNullable<Page['next']>) => Buffer.from(lastName(next)).toString('base64')

export function fromToken(token: string): string {
  const bytes = Buffer.from(token, 'base64')
  if (bytes.toString('base64') !== token) throw invalidArgument('The continuation token provided is incorrect')
  return bytes.toString('utf8')
}
