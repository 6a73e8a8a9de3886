import { S3Error } from './errors.ts'

const ipAddress = /^\d+\.\d+\.\d+\.\d+$/
const reserved = /^(xn--|sthree-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/

/** Throws InvalidBucketName unless S3's rules for general purpose buckets hold. */
export function checkBucketName(name: string): void {
  const valid =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !ipAddress.test(name) &&
    !reserved.test(name)
  if (!valid) {
    throw new S3Error('InvalidBucketName', 400, 'The specified bucket is not valid.', { members: { BucketName: name } })
  }
}

/** S3: a key is at most this many bytes of UTF-8. */
const longestKey = 1024

/**
 * Throws KeyTooLongError, and InvalidURI for a key whose `..` segments climb above its bucket: it could be put, but no
 * HTTP client could fetch it (S3 user guide, "Naming Amazon S3 objects"; the error's name is UNCONFIRMED).
 */
export function checkKey(key: string): void {
  const size = Buffer.byteLength(key)
  if (size > longestKey) {
    throw new S3Error('KeyTooLongError', 400, 'Your key is too long', {
      members: { Size: size, MaxSizeAllowed: longestKey },
    })
  }
  let depth = 0
  for (const segment of key.split('/')) {
    depth += segment === '..' ? -1 : segment === '.' ? 0 : 1
    if (depth < 0) throw new S3Error('InvalidURI', 400, "Couldn't parse the specified URI.", { members: { URI: key } })
  }
  if (key.includes('\0'))
    throw new S3Error('InvalidURI', 400, "Couldn't parse the specified URI.", { members: { URI: key } })
}
