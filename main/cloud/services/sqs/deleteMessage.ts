import type { DeleteMessageRequest } from '@aws-sdk/client-sqs'
import type { Operation } from '../../server/operation.ts'
import { queueOf, type Sqs } from './lends.ts'
import { checkReceipt } from './receipts.ts'

export const deleteMessage: Operation<Sqs, DeleteMessageRequest, object> = {
  authorized: false,
  run(sqs, { QueueUrl, ReceiptHandle }, call) {
    const queue = queueOf(sqs, call, QueueUrl, 'DeleteMessage')
    sqs.messages.remove(queue, checkReceipt(ReceiptHandle))
    return {}
  },
}
