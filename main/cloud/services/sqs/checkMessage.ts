import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import { AwsError } from '../../server/awsError.ts'
import { kept, type NewMessage } from './messageStore.ts'
import type { Queue } from './queueStore.ts'
import { invalidParameter, invalidValue, missingParameter, within } from './refusals.ts'

interface Sent {
  MessageBody?: string | undefined
  DelaySeconds?: number | undefined
  MessageAttributes?: Record<string, MessageAttributeValue> | undefined
}

/** What XML 1.0 can carry, which is all that a message may hold. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const unsendable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/

/** A message as it is kept, or SQS's reason why not. */
export function checkMessage(queue: Queue, sent: Sent, sender: string): NewMessage {
  const { MessageBody: body, DelaySeconds, MessageAttributes = {} } = sent
  if (body === undefined) throw missingParameter('MessageBody')
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain a non-empty MessageBody.')
  if (unsendable.test(body))
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    )
  const delay = DelaySeconds === undefined ? {} : { delay: within(DelaySeconds, 'DelaySeconds', 0, 900, 0) }
  checkAttributes(MessageAttributes)
  const message = { body, attributes: kept(MessageAttributes), sender, ...delay }
  const most = queue.attributes.MaximumMessageSize
  if (sizeOf(message) > most)
    throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`)
  return message
}

function checkAttributes(attributes: Readonly<Record<string, MessageAttributeValue>>): void {
  if (Object.keys(attributes).length > 10)
    throw invalidParameter(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [10].`,
    )
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!/^(?!aws\.|amazon\.|\.)[\w.-]{1,256}$/i.test(name))
      throw invalidValue(name, 'MessageAttributeName', 'Invalid name.')
    if (!/^(String|Number|Binary)(\..+)?$/.test(DataType ?? ''))
      throw invalidParameter(
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      )
    if ((DataType?.startsWith('Binary') ? BinaryValue : StringValue) === undefined)
      throw invalidParameter(
        `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${DataType}'.`,
      )
  }
}

/** Bytes as SQS counts them: body, and names, types and values of attributes. */
export function sizeOf({ body, attributes }: Pick<NewMessage, 'body' | 'attributes'>): number {
  return Object.entries(attributes).reduce(
    (size, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      size + Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(body),
  )
}
