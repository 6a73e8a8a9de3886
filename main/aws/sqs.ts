import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** One message of a queue; it shows again after the queue's visibility timeout unless it is removed. */
export interface QueueMessage {
  body: string
  /** What removes it. */
  receipt: string
}

/** What SQS is asked. `at` is where the queue is, `url` its address. */
export interface Sqs {
  /** Ten at most; where it may wait, for up to 20 s until there is one. Ends at once with the signal. Never shared. */
  receive(at: At, url: string, mayWait: boolean, ask: Ask): Promise<QueueMessage[]>
  remove(at: At, url: string, messages: readonly QueueMessage[], ask: Ask): Promise<void>
}

/** The longest that SQS waits. s */
const longPoll = 20
/** The most that SQS hands out at once. */
export const mostMessages = 10

export function sqs(door: Door): Sqs {
  return {
    async receive(at, url, mayWait, ask) {
      const output = await door(
        at,
        {
          service: 'sqs',
          name: 'ReceiveMessage',
          waits: true,
          send: client =>
            client.send(
              new ReceiveMessageCommand({
                QueueUrl: url,
                MaxNumberOfMessages: mostMessages,
                WaitTimeSeconds: mayWait ? longPoll : 0,
              }),
              ask.signal ? { abortSignal: ask.signal } : {},
            ),
        },
        ask,
      )
      return (output.Messages ?? []).flatMap(({ Body: body, ReceiptHandle: receipt }) =>
        body === undefined || receipt === undefined ? [] : { body, receipt },
      )
    },
    async remove(at, url, messages, ask) {
      await door(
        at,
        {
          service: 'sqs',
          name: 'DeleteMessageBatch',
          waits: true,
          send: client =>
            client.send(
              new DeleteMessageBatchCommand({
                QueueUrl: url,
                Entries: messages.map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt })),
              }),
            ),
        },
        ask,
      )
    },
  }
}
