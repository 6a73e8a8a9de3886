import type { Millis } from '../../../base/clock.ts'
import { notModified, preconditionFailed } from './errors.ts'

/** Conditional headers of GetObject and HeadObject. */
export interface ReadConditions {
  IfMatch?: string | undefined
  IfNoneMatch?: string | undefined
  IfModifiedSince?: Date | undefined
  IfUnmodifiedSince?: Date | undefined
}

interface Validators {
  etag: string
  modifiedAt: Millis
}

const seconds = (at: Millis) => Math.floor(at / 1000)
const strip = (etag: string) => etag.trim().replace(/^W\//, '').replaceAll('"', '')
const matches = (header: string, etag: string) =>
  header.trim() === '*' || header.split(',').some(one => strip(one) === strip(etag))

/**
 * Throws 412 or 304 as RFC 9110 and S3 order them: If-Match outweighs If-Unmodified-Since, If-None-Match outweighs
 * If-Modified-Since.
 */
export function checkReadConditions(conditions: ReadConditions, { etag, modifiedAt }: Validators): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, etag)) throw preconditionFailed('If-Match')
  } else if (IfUnmodifiedSince && seconds(modifiedAt) > seconds(IfUnmodifiedSince.getTime())) {
    throw preconditionFailed('If-Unmodified-Since')
  }
  const unchanged =
    IfNoneMatch === undefined
      ? IfModifiedSince !== undefined && seconds(modifiedAt) <= seconds(IfModifiedSince.getTime())
      : matches(IfNoneMatch, etag)
  if (unchanged) throw notModified({ etag, 'last-modified': new Date(modifiedAt).toUTCString() })
}

/** Conditional headers of CopyObject, about its source; here S3 answers 412 for each of them. */
export function checkCopyConditions(conditions: ReadConditions, source: Validators): void {
  try {
    checkReadConditions(conditions, source)
  } catch {
    throw preconditionFailed('x-amz-copy-source-If')
  }
}

/** Conditional writes: `If-None-Match: *` creates only, `If-Match` replaces only what the caller saw. */
export function checkWriteConditions(
  { IfMatch, IfNoneMatch }: Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'>,
  current: Validators | undefined,
): void {
  if (IfNoneMatch !== undefined && current && matches(IfNoneMatch, current.etag))
    throw preconditionFailed('If-None-Match')
  if (IfMatch !== undefined && !(current && matches(IfMatch, current.etag))) throw preconditionFailed('If-Match')
}
