import type { SetQueueAttributesRequest } from '@aws-sdk/client-sqs'
import type { Operation } from '../../server/operation.ts'
import { withAttributes } from './attributes.ts'
import { queueOf, type Sqs } from './lends.ts'

export const setQueueAttributes: Operation<Sqs, SetQueueAttributesRequest, object> = {
  authorized: false,
  run(sqs, { QueueUrl, Attributes = {} }, call) {
    const queue = queueOf(sqs, call, QueueUrl, 'SetQueueAttributes')
    sqs.queues.setAttributes(queue, withAttributes(queue.attributes, Attributes), sqs.clock.now())
    sqs.waiting.ring(queue.id)
    return {}
  },
}
