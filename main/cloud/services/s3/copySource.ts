import { decode } from './address.ts'
import { invalidArgument } from './errors.ts'

/** What `x-amz-copy-source` names: `[/]bucket/key[?versionId=…]`, percent-encoded. */
export function copySource(header: string): { Bucket: string; Key: string; VersionId?: string } {
  const [path = '', query = ''] = header.split('?')
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decode(path)) ?? []
  if (bucket === undefined || key === undefined) {
    throw invalidArgument('Copy Source must mention the source bucket and key: sourcebucket/sourcekey', {
      ArgumentName: 'x-amz-copy-source',
      ArgumentValue: header,
    })
  }
  const versionId = new URLSearchParams(query).get('versionId')
  return { Bucket: bucket, Key: key, ...(versionId !== null && { VersionId: versionId }) }
}
