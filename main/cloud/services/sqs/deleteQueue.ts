import type { DeleteQueueRequest } from '@aws-sdk/client-sqs'
import type { Operation } from '../../server/operation.ts'
import { queueOf, type Sqs } from './lends.ts'

/** Deletes a queue with all of its messages. Unlike in AWS, its name is free again at once. */
export const deleteQueue: Operation<Sqs, DeleteQueueRequest, object> = {
  authorized: false,
  run(sqs, { QueueUrl }, call) {
    const queue = queueOf(sqs, call, QueueUrl, 'DeleteQueue')
    sqs.queues.remove(queue)
    sqs.waiting.ring(queue.id)
    return {}
  },
}
