import type { DeleteTopicInput } from '@aws-sdk/client-sns'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { notFound, type Sns, topicOf } from './lends.ts'

/** Deletes a topic with its subscriptions. One that is not there is no mistake. */
export const deleteTopic: Operation<Sns, DeleteTopicInput, object> = {
  authorized: false,
  run(sns, { TopicArn }, call) {
    try {
      sns.topics.remove(topicOf(sns, call, TopicArn, 'DeleteTopic').arn)
    } catch (error) {
      if (!(error instanceof AwsError && error.name === notFound('').name)) throw error
    }
    return {}
  },
}
