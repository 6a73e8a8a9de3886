import type { UntagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { findGroup, groupNameOf } from './refusals.ts'
import { readTags } from './tags.ts'

export const untagResource: Operation<Logs, UntagResourceRequest, object> = {
  resources: input => [input.resourceArn ?? ''],
  run({ store }, input, call) {
    const group = findGroup(store, call, groupNameOf({ logGroupIdentifier: input.resourceArn }))
    const gone = new Set(input.tagKeys)
    store.setTags(group, Object.fromEntries(Object.entries(readTags(group)).filter(([key]) => !gone.has(key))))
    return {}
  },
}
