import type { PurgeQueueRequest } from '@aws-sdk/client-sqs'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { queueOf, type Sqs } from './lends.ts'

/** Deletes every message; once a minute, as AWS has it. */
export const purgeQueue: Operation<Sqs, PurgeQueueRequest, object> = {
  authorized: false,
  run(sqs, { QueueUrl }, call) {
    const queue = queueOf(sqs, call, QueueUrl, 'PurgeQueue')
    const now = sqs.clock.now()
    if (queue.purged !== undefined && now - queue.purged < 60_000)
      throw new AwsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      )
    sqs.queues.purge(queue, now)
    return {}
  },
}
