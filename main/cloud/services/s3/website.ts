import type { HttpResponse, Mount } from '../../server/http.ts'
import type { Caller } from '../../server/operation.ts'
import { decode, websiteBucket } from './address.ts'
import type { Bucket, Website } from './buckets.ts'
import { checkReadConditions } from './conditions.ts'
import { accessDenied, methodNotAllowed, noSuchBucket, noSuchKey, S3Error } from './errors.ts'
import { aboutHeaders } from './objectHeaders.ts'
import { rangeOf } from './ranges.ts'
import type { S3 } from './s3.ts'
import type { ObjectVersion } from './versions.ts'

/** Whoever opens a page in a browser: nobody that IAM knows. */
const visitor: Caller = {
  kind: 'anonymous',
  account: 'anonymous',
  arn: 'anonymous',
  userId: 'anonymous',
  principalArn: '*',
}

interface Visit {
  method: string
  headers: Readonly<Record<string, string>>
}

/**
 * S3's website endpoint, at `http://<bucket>.s3-website.localhost:<port>/` (S3 user guide, "Hosting a static website"):
 * GET and HEAD without signature, index and error documents, and only what the bucket's policy lets everybody read.
 */
export function createWebsites({ buckets, versions, blobs, access }: S3): Mount {
  const readable = (bucket: Bucket, key: string): ObjectVersion => {
    if (!access.may(visitor, 's3:GetObject', bucket, key)) throw accessDenied()
    const version = versions.latest(bucket.name, key)
    if (version?.kind === 'object') return version
    throw noSuchKey(key)
  }

  const serve = (visit: Visit, version: ObjectVersion, status = 200): HttpResponse => {
    const { etag, modifiedAt, size, blob, about } = version
    const headers = {
      ...aboutHeaders(about),
      etag,
      'last-modified': new Date(modifiedAt).toUTCString(),
      'accept-ranges': 'bytes',
    }
    if (about.websiteRedirectLocation !== undefined) {
      return { status: 301, headers: { location: about.websiteRedirectLocation, 'content-length': '0' } }
    }
    if (status === 200) checkReadConditions(conditionsOf(visit.headers), { etag, modifiedAt })
    const range = status === 200 ? rangeOf(visit.headers.range, size) : undefined
    const length = range ? range.end - range.start + 1 : size
    const sized = { ...headers, 'content-length': String(length) }
    const answer = range
      ? { status: 206, headers: { ...sized, 'content-range': `bytes ${range.start}-${range.end}/${size}` } }
      : { status, headers: sized }
    return visit.method === 'HEAD' ? answer : { ...answer, body: blobs.read(blob, range) }
  }

  const page = (visit: Visit, bucket: Bucket, website: Website, path: string): HttpResponse => {
    const suffix = website.IndexDocument?.Suffix ?? 'index.html'
    const key = path === '' || path.endsWith('/') ? path + suffix : path
    try {
      return serve(visit, readable(bucket, key))
    } catch (error) {
      const isFolder = !key.endsWith(suffix) && versions.latest(bucket.name, `${key}/${suffix}`)?.kind === 'object'
      if (error instanceof S3Error && error.name === 'NoSuchKey' && isFolder) {
        return { status: 302, headers: { location: `/${encodeURI(key)}/`, 'content-length': '0' } }
      }
      throw error
    }
  }

  const failure = (
    visit: Visit,
    website: Website | undefined,
    bucket: Bucket | undefined,
    error: S3Error,
  ): HttpResponse => {
    const key = website?.ErrorDocument?.Key
    if (bucket && key !== undefined && error.status >= 400 && error.status !== 412) {
      try {
        return serve(visit, readable(bucket, key), error.status)
      } catch (second) {
        if (!(second instanceof S3Error)) throw second
      }
    }
    return plain(visit, error)
  }

  const answer = (visit: Visit, name: string, rawPath: string): HttpResponse => {
    const bucket = buckets.find(name)
    const website = bucket?.website
    try {
      if (visit.method !== 'GET' && visit.method !== 'HEAD') throw methodNotAllowed(visit.method)
      if (!bucket) throw noSuchBucket(name)
      if (!website) {
        throw new S3Error(
          'NoSuchWebsiteConfiguration',
          404,
          'The specified bucket does not have a website configuration',
        )
      }
      const path = decode(rawPath.replace(/^\//, ''))
      if (website.RedirectAllRequestsTo) {
        const { HostName, Protocol } = website.RedirectAllRequestsTo
        return {
          status: 301,
          headers: { location: `${Protocol ?? 'http'}://${HostName}${rawPath}`, 'content-length': '0' },
        }
      }
      return page(visit, bucket, website, path)
    } catch (error) {
      if (error instanceof S3Error) return failure(visit, website, bucket, error)
      throw error
    }
  }

  return request => {
    const name = websiteBucket(request.headers)
    return name === undefined ? undefined : Promise.resolve(answer(request, name, request.path))
  }
}

function conditionsOf(headers: Visit['headers']) {
  const date = (name: string) => {
    const value = new Date(headers[name] ?? '')
    return Number.isNaN(value.getTime()) ? undefined : value
  }
  return {
    IfMatch: headers['if-match'],
    IfNoneMatch: headers['if-none-match'],
    IfModifiedSince: date('if-modified-since'),
    IfUnmodifiedSince: date('if-unmodified-since'),
  }
}

function plain({ method }: Visit, error: S3Error): HttpResponse {
  if (error.status === 304) return { status: 304, headers: error.headers }
  const title = `${error.status} ${error.name}`
  const body = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${error.message}</p></body></html>\n`
  const headers = {
    ...error.headers,
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
  }
  return { status: error.status, headers, ...(method !== 'HEAD' && { body }) }
}
