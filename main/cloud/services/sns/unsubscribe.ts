import type { UnsubscribeInput } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { type Sns, subscriptionOf } from './lends.ts'

export const unsubscribe: Operation<Sns, UnsubscribeInput, object> = {
  authorized: false,
  run(sns, { SubscriptionArn }, call) {
    sns.subscriptions.remove(subscriptionOf(sns, call, SubscriptionArn, 'Unsubscribe'))
    return {}
  },
}
