import type { SetSubscriptionAttributesInput } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { InvalidPattern, parsePattern } from '../eventbridge/pattern.ts'
import { invalidParameter, type Sns, subscriptionOf } from './lends.ts'
import type { Subscription } from './subscriptionStore.ts'

export const setSubscriptionAttributes: Operation<Sns, SetSubscriptionAttributesInput, object> = {
  authorized: false,
  run(sns, { SubscriptionArn, AttributeName = '', AttributeValue = '' }, call) {
    const found = subscriptionOf(sns, call, SubscriptionArn, 'SetSubscriptionAttributes')
    sns.subscriptions.change(withSubscriptionAttribute(found, AttributeName, AttributeValue))
    return {}
  },
}

export function withSubscriptionAttribute(subscription: Subscription, name: string, value: string): Subscription {
  switch (name) {
    case 'RawMessageDelivery':
      return { ...subscription, raw: value === 'true' }
    case 'FilterPolicy':
      return { ...subscription, filterPolicy: value === '' || value === '{}' ? undefined : filterIn(value) }
    case 'FilterPolicyScope':
      if (value !== 'MessageAttributes' && value !== 'MessageBody') throw invalidParameter('FilterPolicyScope')
      return { ...subscription, filterScope: value }
    default:
      throw invalidParameter('AttributeName')
  }
}

function filterIn(text: string): string {
  try {
    parsePattern(text)
  } catch (error) {
    if (error instanceof InvalidPattern) throw invalidParameter(`FilterPolicy: ${error.message}`)
    throw error
  }
  return text
}
