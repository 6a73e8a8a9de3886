import type { HttpRequest } from '../../server/http.ts'
import { S3Error } from './errors.ts'

/** Hosts whose first label may be a bucket: `shop.s3.us-east-1.localhost`, `shop.s3.localhost`, `shop.localhost`. */
const virtualHost = /^(.+?)(?:\.s3(?:[.-][a-z0-9-]+)?)?\.localhost(?::\d+)?$/
const website = /^(.+)\.s3-website(?:[.-][a-z0-9-]+)?\.localhost(?::\d+)?$/

/** The bucket whose website a request asks for; browsers resolve every name under `localhost` to loopback. */
export function websiteBucket(headers: HttpRequest['headers']): string | undefined {
  return website.exec(headers.host?.toLowerCase() ?? '')?.[1]
}

/** The bucket and key that a request names, in virtual-hosted style or in the path. */
export function addressOf(request: Pick<HttpRequest, 'path' | 'headers'>): { Bucket?: string; Key?: string } {
  const host = request.headers.host?.toLowerCase() ?? ''
  const named = /^s3[.-]/.test(host) ? undefined : virtualHost.exec(host)?.[1]
  const path = request.path.replace(/^\//, '')
  if (named !== undefined && named !== 's3') return labels(named, path)
  const slash = path.indexOf('/')
  return slash < 0 ? labels(path, '') : labels(path.slice(0, slash), path.slice(slash + 1))
}

function labels(bucket: string, key: string) {
  return { ...(bucket !== '' && { Bucket: decode(bucket) }), ...(key !== '' && { Key: decode(key) }) }
}

/** Percent-decodes a path or a part of it. Throws InvalidURI for what is no UTF-8. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error('InvalidURI', 400, "Couldn't parse the specified URI.", { members: { URI: text } })
  }
}
