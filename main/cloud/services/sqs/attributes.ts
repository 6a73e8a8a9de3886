import { z } from 'zod'
import { readPolicy } from '../../server/authorize.ts'
import { AwsError } from '../../server/awsError.ts'
import { invalidAttributeName, invalidAttributeValue } from './refusals.ts'

/** What a queue can be told about itself, as kept. */
export interface QueueAttributes {
  DelaySeconds: number
  MaximumMessageSize: number
  /** Seconds. */
  MessageRetentionPeriod: number
  ReceiveMessageWaitTimeSeconds: number
  VisibilityTimeout: number
  Policy?: string
  RedrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number }
}

/** AWS's own (SetQueueAttributes, API reference). */
export const defaults: QueueAttributes = {
  DelaySeconds: 0,
  MaximumMessageSize: 1_048_576,
  MessageRetentionPeriod: 345_600,
  ReceiveMessageWaitTimeSeconds: 0,
  VisibilityTimeout: 30,
}

const numbers = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1_024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
} as const

const redrive = z.object({
  deadLetterTargetArn: z.string().regex(/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/),
  maxReceiveCount: z.coerce.number().int().min(1).max(1_000),
})

/** What encryption at rest would be asked for with: told back, without effect on this machine. */
const ignored = new Set([
  'SqsManagedSseEnabled',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'RedriveAllowPolicy',
])

/** Attributes that a caller sets, over those that are there. An empty text takes one away. */
export function withAttributes(
  before: QueueAttributes,
  given: Readonly<Record<string, string | undefined>>,
): QueueAttributes {
  const next: QueueAttributes = { ...before }
  for (const [name, text = ''] of Object.entries(given)) {
    if (isNumber(name)) next[name] = numberIn(name, text)
    else if (name === 'Policy') {
      delete next.Policy
      if (text !== '') next.Policy = policyIn(text)
    } else if (name === 'RedrivePolicy') {
      delete next.RedrivePolicy
      if (text !== '') next.RedrivePolicy = redriveIn(text)
    } else if (name === 'FifoQueue' && text !== 'false') {
      throw new AwsError('UnsupportedOperation', 'The local cloud has standard queues only.')
    } else if (!ignored.has(name)) throw invalidAttributeName(name)
  }
  return next
}

const isNumber = (name: string): name is keyof typeof numbers => Object.hasOwn(numbers, name)

function numberIn(name: keyof typeof numbers, text: string): number {
  const [least, most] = numbers[name]
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) throw invalidAttributeValue(name)
  return value
}

function policyIn(text: string): string {
  try {
    readPolicy(text, 'resource')
  } catch {
    throw invalidAttributeValue('Policy')
  }
  return text
}

function redriveIn(text: string): z.infer<typeof redrive> {
  try {
    return redrive.parse(JSON.parse(text))
  } catch {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${text} for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a valid JSON map.`,
    )
  }
}
