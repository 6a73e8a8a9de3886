import { randomUUID } from 'node:crypto'
import type { MessageAttributeValue } from '@aws-sdk/client-sns'
import type { Clock } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Deliver } from '../sqs/delivery.ts'
import { kept } from '../sqs/messageStore.ts'
import { envelope, type Notification, textFor } from './envelope.ts'
import { wants } from './filter.ts'
import type { HttpDelivery } from './httpDelivery.ts'
import { type Subscription, type SubscriptionStore, subscriptionArn } from './subscriptionStore.ts'

export interface Outgoing {
  subject?: string | undefined
  message: Readonly<Record<string, string>>
  attributes?: Readonly<Record<string, MessageAttributeValue>> | undefined
}

/** Brings a message to every subscriber of a topic that wants it; durable when it returns. Answers the message's id. */
export type Publisher = (topic: string, outgoing: Outgoing) => string

export function createPublisher(options: {
  database: CloudDatabase
  subscriptions: SubscriptionStore
  deliver: Deliver
  http: HttpDelivery
  clock: Pick<Clock, 'now'>
  endpoint: () => string
  /** Told of a subscriber that could not be reached, with nobody there to be answered. */
  onError: (error: unknown, what: string) => void
}): Publisher {
  const { database, subscriptions, deliver, http, clock, endpoint, onError } = options

  const toQueue = (notification: Notification, subscription: Subscription) => {
    const { topic, attributes } = notification
    const to = { queueArn: subscription.endpoint, service: 'sns.amazonaws.com', sourceArn: topic }
    if (subscription.raw) deliver({ ...to, body: textFor(notification, 'sqs'), attributes: kept(attributes) })
    else deliver({ ...to, body: envelope(notification, subscription, endpoint()) })
  }
  const toHttp = (notification: Notification, subscription: Subscription) => {
    const body = subscription.raw
      ? textFor(notification, subscription.protocol)
      : envelope(notification, subscription, endpoint())
    const headers = {
      'x-amz-sns-message-id': notification.messageId,
      'x-amz-sns-topic-arn': notification.topic,
      'x-amz-sns-subscription-arn': subscriptionArn(subscription),
      ...(subscription.raw && { 'x-amz-sns-rawdelivery': 'true' }),
    }
    http.put(subscription.endpoint, 'Notification', headers, body)
  }
  const send = (notification: Notification, subscription: Subscription) => {
    switch (subscription.protocol) {
      case 'sqs':
        return toQueue(notification, subscription)
      case 'http':
      case 'https':
        return toHttp(notification, subscription)
      default:
        // Others stay pending for ever, and pending ones are not asked.
        return undefined
    }
  }

  return (topic, { subject, message, attributes = {} }) => {
    const messageId = randomUUID()
    const timestamp = new Date(clock.now()).toISOString()
    const notification: Notification = { messageId, topic, subject, message, attributes, timestamp }
    database.transaction(() => {
      for (const subscription of subscriptions.ofTopic(topic)) {
        if (!subscription.confirmed || !wants(subscription, notification)) continue
        try {
          send(notification, subscription)
        } catch (error) {
          // A subscriber that is gone or shut is its own loss: the others still hear.
          if (!(error instanceof AwsError)) throw error
          onError(error, `delivery from ${topic} to ${subscription.endpoint}`)
        }
      }
    })
    return messageId
  }
}
