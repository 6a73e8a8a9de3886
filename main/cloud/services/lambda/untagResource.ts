import type { UntagResourceRequest } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { functionOf, type Lambda } from './lends.ts'

/** Takes tags away; keys that are not there are no error. */
export const untagResource: Operation<Lambda, UntagResourceRequest, object> = {
  authorized: false,
  run(lends, { Resource, TagKeys = [] }, call) {
    const stored = functionOf(lends, call, { FunctionName: Resource }, 'UntagResource')
    const left = Object.entries(stored.tags).filter(([key]) => !TagKeys.includes(key))
    lends.functions.setTags(stored, Object.fromEntries(left))
    return {}
  },
}
