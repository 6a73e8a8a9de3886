import type { MessageAttributeValue } from '@aws-sdk/client-sns'
import { matchesPattern, parsePattern } from '../eventbridge/pattern.ts'
import { type Notification, textFor } from './envelope.ts'
import type { Subscription } from './subscriptionStore.ts'

/** Whether a subscriber wants a message; filter policies are EventBridge's patterns over attributes or the body. */
export function wants({ filterPolicy, filterScope, protocol }: Subscription, notification: Notification): boolean {
  if (filterPolicy === undefined) return true
  const subject =
    filterScope === 'MessageBody' ? parsedObject(textFor(notification, protocol)) : valuesOf(notification.attributes)
  return subject !== undefined && matchesPattern(parsePattern(filterPolicy), subject)
}

function parsedObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

const valuesOf = (attributes: Readonly<Record<string, MessageAttributeValue>>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, valueOf(attribute)]))

function valueOf({ DataType = '', StringValue = '' }: MessageAttributeValue): unknown {
  if (DataType.startsWith('Number')) return Number(StringValue)
  if (!DataType.startsWith('String.Array')) return StringValue
  try {
    return JSON.parse(StringValue)
  } catch {
    return StringValue
  }
}
