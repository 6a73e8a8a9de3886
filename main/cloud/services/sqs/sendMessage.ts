import type { SendMessageRequest, SendMessageResult } from '@aws-sdk/client-sqs'
import type { Operation } from '../../server/operation.ts'
import { checkMessage } from './checkMessage.ts'
import { queueOf, type Sqs } from './lends.ts'
import { md5, md5OfAttributes } from './md5.ts'
import type { NewMessage } from './messageStore.ts'

export const sendMessage: Operation<Sqs, SendMessageRequest, SendMessageResult> = {
  authorized: false,
  run(sqs, input, call) {
    const queue = queueOf(sqs, call, input.QueueUrl, 'SendMessage')
    const message = checkMessage(queue, input, call.caller.userId)
    const [messageId = ''] = sqs.messages.send(queue, [message], sqs.clock.now())
    return receiptOf(message, messageId)
  },
}

/** What the sender is told, to compare with what it sent. */
export function receiptOf({ body, attributes }: NewMessage, MessageId: string) {
  const digest = md5OfAttributes(attributes)
  return { MessageId, MD5OfMessageBody: md5(body), ...(digest !== undefined && { MD5OfMessageAttributes: digest }) }
}
