import type { Message as ReceivedMessage, ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs'
import type { Call, Operation } from '../../server/operation.ts'
import { queueOf, type Sqs } from './lends.ts'
import { md5, md5OfAttributes } from './md5.ts'
import type { KeptAttribute, Message } from './messageStore.ts'
import type { Queue } from './queueStore.ts'
import { within } from './refusals.ts'

/** Takes messages; with none there, waits for up to 20 s until one is sent or shows again. */
export const receiveMessage: Operation<Sqs, ReceiveMessageRequest, ReceiveMessageResult> = {
  authorized: false,
  async run(sqs, input, call) {
    const queue = queueOf(sqs, call, input.QueueUrl, 'ReceiveMessage')
    const most = within(input.MaxNumberOfMessages, 'MaxNumberOfMessages', 1, 10, 1)
    const { VisibilityTimeout, ReceiveMessageWaitTimeSeconds } = queue.attributes
    const visibility = within(input.VisibilityTimeout, 'VisibilityTimeout', 0, 43_200, VisibilityTimeout) * 1_000
    const wait = within(input.WaitTimeSeconds, 'WaitTimeSeconds', 0, 20, ReceiveMessageWaitTimeSeconds) * 1_000
    const messages = await take(sqs, call, queue, { most, visibility, wait })
    return messages.length > 0 ? { Messages: messages.map(message => toMessage(message, input)) } : {}
  },
}

async function take(
  { messages, waiting, queues, clock }: Sqs,
  { signal }: Call,
  queue: Queue,
  { most, visibility, wait }: { most: number; visibility: number; wait: number },
): Promise<Message[]> {
  const deadline = clock.now() + wait
  for (let current: Queue | undefined = queue; current && !signal.aborted; current = queues.find(queue)) {
    const now = clock.now()
    const taken = messages.receive(current, most, visibility, now)
    if (taken.length > 0 || now >= deadline) return taken
    const nextVisible = messages.nextVisible(current.id) ?? deadline
    await waiting.next(current.id, Math.min(deadline, Math.max(nextVisible, now + 1)), signal)
  }
  // The client has left, or the queue is gone: nothing may be taken for nobody.
  return []
}

function toMessage(message: Message, input: ReceiveMessageRequest): ReceivedMessage {
  const system = new Set<string>([...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])])
  const told = Object.entries(systemAttributes(message)).filter(([name]) => system.has('All') || system.has(name))
  const asked = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => isAsked(name, input.MessageAttributeNames ?? [])),
  )
  const digest = md5OfAttributes(asked)
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(told.length > 0 && { Attributes: Object.fromEntries(told) }),
    ...(digest !== undefined && {
      MD5OfMessageAttributes: digest,
      MessageAttributes: Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, toAttribute(value)])),
    }),
  }
}

const systemAttributes = (message: Message) => ({
  SenderId: message.sender,
  SentTimestamp: String(message.sent),
  ApproximateReceiveCount: String(message.receives),
  ApproximateFirstReceiveTimestamp: String(message.firstReceived),
  ...(message.deadLetterOf !== undefined && { DeadLetterQueueSourceArn: message.deadLetterOf }),
})

/** `All`, `.*`, a name, or a prefix as `app.*`. */
const isAsked = (name: string, wanted: readonly string[]) =>
  wanted.some(one => one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2))))

const toAttribute = ({ BinaryValue, ...rest }: KeptAttribute) => ({
  ...rest,
  ...(BinaryValue !== undefined && { BinaryValue: new Uint8Array(Buffer.from(BinaryValue, 'base64')) }),
})
