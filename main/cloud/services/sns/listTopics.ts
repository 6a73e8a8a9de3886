import type { ListTopicsInput, ListTopicsResponse } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { paged, type Sns } from './lends.ts'

export const listTopics: Operation<Sns, ListTopicsInput, ListTopicsResponse> = {
  run(sns, input, { account, region }) {
    const read = (after: string, limit: number) => sns.topics.list(account, region, after, limit)
    const { page, token } = paged(sns, input, read, ({ arn }) => arn)
    return { Topics: page.map(({ arn }) => ({ TopicArn: arn })), ...token }
  },
}
