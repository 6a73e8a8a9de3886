import type { ConfirmSubscriptionInput, ConfirmSubscriptionResponse } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { invalidParameter, type Sns, topicOf } from './lends.ts'
import { subscriptionArn } from './subscriptionStore.ts'

/** The token that an endpoint was sent says that it wants to subscribe. */
export const confirmSubscription: Operation<Sns, ConfirmSubscriptionInput, ConfirmSubscriptionResponse> = {
  authorized: false,
  run(sns, { TopicArn, Token = '' }, call) {
    const topic = topicOf(sns, call, TopicArn, 'ConfirmSubscription')
    return { SubscriptionArn: confirm(sns, topic.arn, Token) }
  },
}

/** Whoever knows the token may: so it is for the URL that an endpoint visits without a signature. */
export function confirm({ subscriptions }: Pick<Sns, 'subscriptions'>, topic: string, token: string): string {
  const found = subscriptions.byToken(topic, token)
  if (!found) throw invalidParameter('Token')
  subscriptions.change({ ...found, confirmed: true })
  return subscriptionArn(found)
}
