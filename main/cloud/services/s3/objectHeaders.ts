import type { GetObjectOutput } from '@aws-sdk/client-s3'
import { type ChecksumMembers, checksumMembers } from './checksums.ts'
import type { About, ObjectVersion } from './versions.ts'

/** Headers that a client gives with an object and gets back with it (members of PutObject, CopyObject, …). */
export interface Described {
  ContentType?: string | undefined
  CacheControl?: string | undefined
  ContentDisposition?: string | undefined
  ContentEncoding?: string | undefined
  ContentLanguage?: string | undefined
  Expires?: Date | undefined
  WebsiteRedirectLocation?: string | undefined
  Metadata?: Record<string, string> | undefined
  Tagging?: string | undefined
}

/** What is kept beside the bytes, from the request that brought them. */
export function aboutOf(given: Described): About {
  // The SDKs name the transfer encoding of their streams here; it is none of the object's.
  const encoding = given.ContentEncoding?.split(',')
    .map(one => one.trim())
    .filter(one => one !== 'aws-chunked' && one !== '')
  return withoutUndefined({
    contentType: given.ContentType ?? 'binary/octet-stream',
    cacheControl: given.CacheControl,
    contentDisposition: given.ContentDisposition,
    contentEncoding: encoding?.length ? encoding.join(',') : undefined,
    contentLanguage: given.ContentLanguage,
    expires: given.Expires?.toISOString(),
    websiteRedirectLocation: given.WebsiteRedirectLocation,
    metadata: given.Metadata ?? {},
    tags: Object.fromEntries(new URLSearchParams(given.Tagging ?? '')),
  })
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}
function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>
}

/** The headers of an object as HTTP names them. */
export function aboutHeaders(about: About): Record<string, string> {
  return withoutUndefined({
    'content-type': about.contentType,
    'cache-control': about.cacheControl,
    'content-disposition': about.contentDisposition,
    'content-encoding': about.contentEncoding,
    'content-language': about.contentLanguage,
    expires: about.expires === undefined ? undefined : new Date(about.expires).toUTCString(),
  })
}

/** What GetObject and HeadObject both tell of an object. */
export function describe(
  version: ObjectVersion,
  ask: { checksums: boolean },
): Omit<GetObjectOutput, 'Body' | 'ContentLength' | 'ContentRange'> {
  const { about, etag, modifiedAt, versionId } = version
  const tagCount = Object.keys(about.tags).length
  return withoutUndefined({
    AcceptRanges: 'bytes',
    LastModified: new Date(modifiedAt),
    ETag: etag,
    VersionId: versionId === 'null' ? undefined : versionId,
    ContentType: about.contentType,
    CacheControl: about.cacheControl,
    ContentDisposition: about.contentDisposition,
    ContentEncoding: about.contentEncoding,
    ContentLanguage: about.contentLanguage,
    Expires: about.expires === undefined ? undefined : new Date(about.expires),
    WebsiteRedirectLocation: about.websiteRedirectLocation,
    Metadata: about.metadata,
    TagCount: tagCount > 0 ? tagCount : undefined,
    ServerSideEncryption: 'AES256' as const,
    ...(ask.checksums && checksumMembersOf(version)),
  })
}

const checksumMembersOf = (version: ObjectVersion): ChecksumMembers => checksumMembers(version.about.checksum)
