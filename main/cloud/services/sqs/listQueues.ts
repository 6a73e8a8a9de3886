import type { ListQueuesRequest, ListQueuesResult } from '@aws-sdk/client-sqs'
import type { Operation } from '../../server/operation.ts'
import { queueUrl, type Sqs } from './lends.ts'
import { invalidParameter, within } from './refusals.ts'

const mostQueues = 1_000

export const listQueues: Operation<Sqs, ListQueuesRequest, ListQueuesResult> = {
  run(sqs, input, { account, region }) {
    const { QueueNamePrefix: prefix = '', MaxResults, NextToken } = input
    const limit = within(MaxResults, 'MaxResults', 1, mostQueues, mostQueues)
    const after = NextToken === undefined ? '' : sqs.tokens.open(input, NextToken)
    if (after === undefined) throw invalidParameter('Invalid or expired next token.')
    const found = sqs.queues.list(account, region, { prefix, after, limit: limit + 1 })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      ...(page.length > 0 && { QueueUrls: page.map(queue => queueUrl(sqs, queue)) }),
      // Only who asked for pages is told of more.
      ...(found.length > limit && last && MaxResults !== undefined && { NextToken: sqs.tokens.seal(input, last.name) }),
    }
  },
}
