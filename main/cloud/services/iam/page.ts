import { validationError } from './names.ts'

/** IAM's paging: `Marker` in, `IsTruncated` and `Marker` out. The marker is the place to go on from, made opaque. */
export function page<T>(
  all: readonly T[],
  { Marker, MaxItems = 100 }: { Marker?: string | undefined; MaxItems?: number | undefined },
): { items: T[]; IsTruncated: boolean; Marker?: string } {
  if (MaxItems < 1 || MaxItems > 1000) {
    throw validationError(
      `Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000`,
    )
  }
  const start = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64url').toString())
  if (!Number.isInteger(start) || start < 0) throw validationError('Invalid Marker')
  const items = all.slice(start, start + MaxItems)
  const next = start + items.length
  const more = next < all.length
  return { items, IsTruncated: more, ...(more && { Marker: Buffer.from(String(next)).toString('base64url') }) }
}
