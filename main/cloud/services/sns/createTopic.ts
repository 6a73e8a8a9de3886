import type { CreateTopicInput, CreateTopicResponse } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { invalidParameter, type Sns } from './lends.ts'
import { withAttribute } from './setTopicAttributes.ts'
import { topicArn } from './topicStore.ts'

/** Makes a topic; for one that is there, tells its ARN. */
export const createTopic: Operation<Sns, CreateTopicInput, CreateTopicResponse> = {
  resources: ({ Name: name = '' }, call) => [topicArn({ ...call, name })],
  run({ topics, clock }, { Name: name = '', Attributes = {} }, { account, region }) {
    if (name.endsWith('.fifo') || Attributes.FifoTopic === 'true')
      throw invalidParameter('Name Reason: the local cloud has standard topics only')
    if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name')
    const arn = topicArn({ account, region, name })
    if (!topics.find(arn)) {
      topics.create({ account, region, name }, clock.now())
      const made = topics.find(arn)
      const given = Object.entries(Attributes).filter(([key]) => key !== 'FifoTopic')
      if (made) topics.change(given.reduce((topic, [key, value]) => withAttribute(topic, key, value), made))
    }
    return { TopicArn: arn }
  },
}
