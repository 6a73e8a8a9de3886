import type { DeleteMessageBatchRequest, DeleteMessageBatchResult } from '@aws-sdk/client-sqs'
import type { Operation } from '../../server/operation.ts'
import { inBatch } from './batch.ts'
import { queueOf, type Sqs } from './lends.ts'
import { checkReceipt } from './receipts.ts'
import { checkBatch } from './refusals.ts'

export const deleteMessageBatch: Operation<Sqs, DeleteMessageBatchRequest, DeleteMessageBatchResult> = {
  authorized: false,
  run(sqs, { QueueUrl, Entries = [] }, call) {
    const queue = queueOf(sqs, call, QueueUrl, 'DeleteMessage')
    checkBatch(Entries, 'DeleteMessageBatchRequestEntry')
    const { done, failed } = inBatch(Entries, entry => sqs.messages.remove(queue, checkReceipt(entry.ReceiptHandle)))
    return { Successful: done.map(({ Id }) => ({ Id })), Failed: failed }
  },
}
