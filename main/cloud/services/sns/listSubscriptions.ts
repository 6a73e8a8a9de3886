import type { ListSubscriptionsInput, ListSubscriptionsResponse } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { paged, type Sns } from './lends.ts'
import { type Subscription, subscriptionArn } from './subscriptionStore.ts'

/** The subscriptions that the caller's account made, to whoever's topics. */
export const listSubscriptions: Operation<Sns, ListSubscriptionsInput, ListSubscriptionsResponse> = {
  run(sns, input, { account, region }) {
    const read = (after: string, limit: number) => sns.subscriptions.ofOwner(account, region, after, limit)
    const { page, token } = paged(sns, input, read, ({ id }) => id)
    return { Subscriptions: page.map(toSubscription), ...token }
  },
}

export const toSubscription = (subscription: Subscription) => ({
  SubscriptionArn: subscription.confirmed ? subscriptionArn(subscription) : 'PendingConfirmation',
  Owner: subscription.owner,
  Protocol: subscription.protocol,
  Endpoint: subscription.endpoint,
  TopicArn: subscription.topic,
})
