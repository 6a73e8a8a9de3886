import type { SendMessageBatchRequest, SendMessageBatchResult } from '@aws-sdk/client-sqs'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { inBatch } from './batch.ts'
import { checkMessage, sizeOf } from './checkMessage.ts'
import { queueOf, type Sqs } from './lends.ts'
import { checkBatch } from './refusals.ts'
import { receiptOf } from './sendMessage.ts'

const largestBatch = 1_048_576

export const sendMessageBatch: Operation<Sqs, SendMessageBatchRequest, SendMessageBatchResult> = {
  authorized: false,
  run(sqs, { QueueUrl, Entries = [] }, call) {
    const queue = queueOf(sqs, call, QueueUrl, 'SendMessage')
    checkBatch(Entries, 'SendMessageBatchRequestEntry')
    const size = Entries.reduce((sum, { MessageBody = '' }) => sum + sizeOf({ body: MessageBody, attributes: {} }), 0)
    if (size > largestBatch)
      throw new AwsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${largestBatch} bytes. You have sent ${size} bytes.`,
      )
    const { done, failed } = inBatch(Entries, entry => checkMessage(queue, entry, call.caller.userId))
    const ids = sqs.messages.send(
      queue,
      done.map(({ result }) => result),
      sqs.clock.now(),
    )
    return {
      Successful: done.map(({ Id, result }, index) => ({ Id, ...receiptOf(result, ids[index] ?? '') })),
      Failed: failed,
    }
  },
}
