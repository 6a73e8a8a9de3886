import type { GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { type Sns, subscriptionOf } from './lends.ts'
import { subscriptionArn } from './subscriptionStore.ts'

export const getSubscriptionAttributes: Operation<
  Sns,
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse
> = {
  authorized: false,
  run(sns, { SubscriptionArn }, call) {
    const found = subscriptionOf(sns, call, SubscriptionArn, 'GetSubscriptionAttributes')
    const { filterPolicy, filterScope } = found
    return {
      Attributes: {
        SubscriptionArn: subscriptionArn(found),
        TopicArn: found.topic,
        Owner: found.owner,
        Protocol: found.protocol,
        Endpoint: found.endpoint,
        PendingConfirmation: String(!found.confirmed),
        ConfirmationWasAuthenticated: String(found.confirmed),
        RawMessageDelivery: String(found.raw),
        ...(filterPolicy !== undefined && { FilterPolicy: filterPolicy, FilterPolicyScope: filterScope }),
      },
    }
  },
}
