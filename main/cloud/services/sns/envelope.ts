import type { MessageAttributeValue } from '@aws-sdk/client-sns'
import { type Subscription, subscriptionArn } from './subscriptionStore.ts'

/** A message on its way from a topic to its subscribers. */
export interface Notification {
  messageId: string
  topic: string
  subject: string | undefined
  /** By protocol, with `default` for the others. */
  message: Readonly<Record<string, string>>
  attributes: Readonly<Record<string, MessageAttributeValue>>
  /** ISO 8601 with milliseconds. */
  timestamp: string
}

export const textFor = ({ message }: Notification, protocol: string) => message[protocol] ?? message.default ?? ''

/** What a subscriber gets that did not ask for raw messages. Unsigned: the local cloud has no certificate of AWS's. */
export function envelope(notification: Notification, subscription: Subscription, endpoint: string): string {
  const { messageId, topic, subject, attributes, timestamp } = notification
  const named = Object.entries(attributes)
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topic,
    ...(subject !== undefined && { Subject: subject }),
    Message: textFor(notification, subscription.protocol),
    Timestamp: timestamp,
    UnsubscribeURL: `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${encodeURIComponent(subscriptionArn(subscription))}`,
    ...(named.length > 0 && {
      MessageAttributes: Object.fromEntries(
        named.map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          { Type: DataType, Value: BinaryValue ? Buffer.from(BinaryValue).toString('base64') : StringValue },
        ]),
      ),
    }),
  })
}

/** What asks an HTTP endpoint whether it wants to subscribe. */
export function confirmationRequest(subscription: Subscription, endpoint: string, at: number): string {
  const { topic, token } = subscription
  const url = `${endpoint}/?Action=ConfirmSubscription&Version=2010-03-31&TopicArn=${encodeURIComponent(topic)}&Token=${token}`
  return JSON.stringify({
    Type: 'SubscriptionConfirmation',
    MessageId: subscription.id,
    Token: token,
    TopicArn: topic,
    Message: `You have chosen to subscribe to the topic ${topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: url,
    Timestamp: new Date(at).toISOString(),
  })
}
