import type { ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { paged, type Sns, topicOf } from './lends.ts'
import { toSubscription } from './listSubscriptions.ts'

export const listSubscriptionsByTopic: Operation<Sns, ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse> =
  {
    authorized: false,
    run(sns, input, call) {
      const topic = topicOf(sns, call, input.TopicArn, 'ListSubscriptionsByTopic')
      const read = (after: string, limit: number) => sns.subscriptions.ofTopic(topic.arn, after, limit)
      const { page, token } = paged(sns, input, read, ({ id }) => id)
      return { Subscriptions: page.map(toSubscription), ...token }
    },
  }
