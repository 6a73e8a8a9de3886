import type { TagResourceRequest } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { functionOf, type Lambda } from './lends.ts'
import { invalidParameter } from './names.ts'

const mostTags = 50

export const tagResource: Operation<Lambda, TagResourceRequest, object> = {
  authorized: false,
  run(lends, { Resource, Tags = {} }, call) {
    const stored = functionOf(lends, call, { FunctionName: Resource }, 'TagResource')
    const tags = { ...stored.tags, ...Tags }
    if (Object.keys(tags).length > mostTags) throw invalidParameter(`A function has at most ${mostTags} tags.`)
    lends.functions.setTags(stored, tags)
    return {}
  },
}
