import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { findGroup, groupNameOf } from './refusals.ts'
import { readTags } from './tags.ts'

export const listTagsForResource: Operation<Logs, ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  resources: input => [input.resourceArn ?? ''],
  run: ({ store }, input, call) => ({
    tags: readTags(findGroup(store, call, groupNameOf({ logGroupIdentifier: input.resourceArn }))),
  }),
}
