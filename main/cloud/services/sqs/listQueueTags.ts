import type { ListQueueTagsRequest, ListQueueTagsResult } from '@aws-sdk/client-sqs'
import type { Operation } from '../../server/operation.ts'
import { queueOf, type Sqs } from './lends.ts'

export const listQueueTags: Operation<Sqs, ListQueueTagsRequest, ListQueueTagsResult> = {
  authorized: false,
  run(sqs, { QueueUrl }, call) {
    const { tags } = queueOf(sqs, call, QueueUrl, 'ListQueueTags')
    return Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {}
  },
}
