import type { ObjectVersion as Listed, ListObjectVersionsOutput, ListObjectVersionsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { invalidArgument } from './errors.ts'
import { listPage, type Page } from './listing.ts'
import { encoder, listedObject, pageSize } from './listingOutput.ts'
import { owner } from './owner.ts'
import type { S3 } from './s3.ts'
import type { Cursor, Version, Versions } from './versions.ts'

export const listObjectVersions: Operation<S3, ListObjectVersionsRequest, ListObjectVersionsOutput> = {
  authorized: false,
  run({ access, versions }, input, call) {
    const { Prefix = '', Delimiter = '', KeyMarker = '', VersionIdMarker } = input
    const context = { 's3:prefix': Prefix, 's3:delimiter': Delimiter }
    const bucket = access.bucket(call, input, 's3:ListBucketVersions', context)
    const encode = encoder(input.EncodingType)
    const limit = pageSize(input.MaxKeys)
    const after = cursorOf(versions, bucket.name, KeyMarker, VersionIdMarker)
    const page = listPage({ prefix: Prefix, delimiter: Delimiter, after, limit }, (from, count) =>
      versions.versions(bucket.name, from, count),
    )
    const listed = (version: Version) => ({
      ...listedObject(version, encode),
      VersionId: version.versionId,
      IsLatest: version.latest,
      Owner: owner(bucket.account),
    })
    return {
      Name: bucket.name,
      Prefix: encode(Prefix),
      KeyMarker: encode(KeyMarker),
      VersionIdMarker: VersionIdMarker ?? '',
      ...(Delimiter !== '' && { Delimiter: encode(Delimiter) }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      MaxKeys: limit,
      IsTruncated: page.next !== undefined,
      ...nextMarkers(page.next, encode),
      Versions: page.versions.filter(({ kind }) => kind === 'object').map(version => listed(version) as Listed),
      DeleteMarkers: page.versions.filter(({ kind }) => kind === 'deleteMarker').map(listed),
      CommonPrefixes: page.commonPrefixes.map(prefix => ({ Prefix: encode(prefix) })),
    }
  },
}

function cursorOf(versions: Versions, bucket: string, key: string, versionId: string | undefined): Cursor | undefined {
  if (versionId === undefined || versionId === '') return key === '' ? undefined : { key, inclusive: false }
  if (key === '') throw invalidArgument('A version-id marker cannot be specified without a key marker.')
  const version = versions.find(bucket, key, versionId)
  if (!version) throw invalidArgument('Invalid version id specified')
  return { key, inclusive: false, olderThan: version.sequence }
}

function nextMarkers(next: Page['next'], encode: (text: string) => string) {
  if (!next) return {}
  return next.kind === 'prefix'
    ? { NextKeyMarker: encode(next.prefix) }
    : { NextKeyMarker: encode(next.version.key), NextVersionIdMarker: next.version.versionId }
}
