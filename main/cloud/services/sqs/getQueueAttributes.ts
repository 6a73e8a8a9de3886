import type { GetQueueAttributesRequest, GetQueueAttributesResult } from '@aws-sdk/client-sqs'
import type { Operation } from '../../server/operation.ts'
import { queueOf, type Sqs } from './lends.ts'
import { type Queue, queueArn } from './queueStore.ts'
import { invalidAttributeName } from './refusals.ts'

const optional = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'FifoQueue'])

/** What a queue is like; nothing unless it is asked for by name or with `All`. */
export const getQueueAttributes: Operation<Sqs, GetQueueAttributesRequest, GetQueueAttributesResult> = {
  authorized: false,
  run(sqs, { QueueUrl, AttributeNames: names = [] }, call) {
    const queue = queueOf(sqs, call, QueueUrl, 'GetQueueAttributes')
    const all = attributesOf(sqs, queue)
    const unknown = names.find(name => name !== 'All' && !optional.has(name) && !Object.hasOwn(all, name))
    if (unknown !== undefined) throw invalidAttributeName(unknown)
    const asked = Object.entries(all).filter(([name]) => names.some(one => one === 'All' || one === name))
    return asked.length > 0 ? { Attributes: Object.fromEntries(asked) } : {}
  },
}

function attributesOf({ messages, clock }: Sqs, queue: Queue): Record<string, string> {
  const { visible, hidden, delayed } = messages.counts(queue, clock.now())
  const { Policy, RedrivePolicy, ...numbers } = queue.attributes
  const seconds = (at: number) => String(Math.floor(at / 1_000))
  return {
    QueueArn: queueArn(queue),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(queue.created),
    LastModifiedTimestamp: seconds(queue.modified),
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])),
    ...(Policy !== undefined && { Policy }),
    ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
    SqsManagedSseEnabled: 'false',
  }
}
