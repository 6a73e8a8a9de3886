import type { Operation } from '../../server/operation.ts'
import { type Connections, connectionOf } from './lends.ts'

export const untagResource: Operation<Connections, { ResourceArn: string; TagKeys: string[] }, object> = {
  resources: ({ ResourceArn }) => [ResourceArn],
  run(lends, { ResourceArn, TagKeys }, { account }) {
    const connection = connectionOf(lends, ResourceArn, account)
    const left = Object.entries(connection.tags).filter(([key]) => !TagKeys.includes(key))
    lends.store.put({ ...connection, tags: Object.fromEntries(left) })
    return {}
  },
}
