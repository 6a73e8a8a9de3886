import type { Operation } from '../../server/operation.ts'
import { type Connections, connectionOf, type Tag, tagMap } from './lends.ts'

export const tagResource: Operation<Connections, { ResourceArn: string; Tags: Tag[] }, object> = {
  resources: ({ ResourceArn }) => [ResourceArn],
  run(lends, { ResourceArn, Tags }, { account }) {
    const connection = connectionOf(lends, ResourceArn, account)
    lends.store.put({ ...connection, tags: { ...connection.tags, ...tagMap(Tags) } })
    return {}
  },
}
