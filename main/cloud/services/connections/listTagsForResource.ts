import type { Operation } from '../../server/operation.ts'
import { type Connections, connectionOf } from './lends.ts'

export const listTagsForResource: Operation<Connections, { ResourceArn: string }, object> = {
  resources: ({ ResourceArn }) => [ResourceArn],
  run(lends, { ResourceArn }, { account }) {
    const { tags } = connectionOf(lends, ResourceArn, account)
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
  },
}
