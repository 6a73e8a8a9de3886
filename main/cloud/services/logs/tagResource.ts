import type { TagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { findGroup, groupNameOf } from './refusals.ts'
import { readTags } from './tags.ts'

export const tagResource: Operation<Logs, TagResourceRequest, object> = {
  resources: input => [input.resourceArn ?? ''],
  run({ store }, input, call) {
    const group = findGroup(store, call, groupNameOf({ logGroupIdentifier: input.resourceArn }))
    store.setTags(group, { ...readTags(group), ...input.tags })
    return {}
  },
}
