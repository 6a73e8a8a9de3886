import type { Tag } from '@aws-sdk/client-s3'
import { S3Error } from './errors.ts'

/** S3: an object has at most ten tags. */
const mostTags = 10

/** A tag set by its keys. Throws InvalidTag, and BadRequest for more than ten. */
export function tagsOf(set: readonly Tag[] | undefined): Record<string, string> {
  if (set && set.length > mostTags)
    throw new S3Error('BadRequest', 400, `Object tags cannot be greater than ${mostTags}`)
  const tags: Record<string, string> = {}
  for (const { Key = '', Value = '' } of set ?? []) {
    if (Key.length < 1 || Key.length > 128) throw invalidTag('The TagKey you have provided is invalid')
    if (Value.length > 256) throw invalidTag('The TagValue you have provided is invalid')
    if (Object.hasOwn(tags, Key)) throw invalidTag('Cannot provide multiple Tags with the same key')
    tags[Key] = Value
  }
  return tags
}

const invalidTag = (message: string) => new S3Error('InvalidTag', 400, message)
