import type { GetTopicAttributesInput, GetTopicAttributesResponse } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { type Sns, topicOf } from './lends.ts'
import { defaultPolicy } from './topicPolicy.ts'

export const getTopicAttributes: Operation<Sns, GetTopicAttributesInput, GetTopicAttributesResponse> = {
  authorized: false,
  run(sns, { TopicArn }, call) {
    const topic = topicOf(sns, call, TopicArn, 'GetTopicAttributes')
    const { confirmed, pending } = sns.subscriptions.counts(topic.arn)
    return {
      Attributes: {
        TopicArn: topic.arn,
        Owner: topic.account,
        DisplayName: topic.displayName,
        Policy: topic.policy ?? defaultPolicy(topic),
        SubscriptionsConfirmed: String(confirmed),
        SubscriptionsPending: String(pending),
        SubscriptionsDeleted: '0',
      },
    }
  },
}
