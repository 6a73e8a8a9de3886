import type { Operation } from '../../server/operation.ts'
import { type Connections, connectionOf } from './lends.ts'

export const deleteConnection: Operation<Connections, { ConnectionArn: string }, object> = {
  resources: ({ ConnectionArn }) => [ConnectionArn],
  run(lends, { ConnectionArn }, { account }) {
    lends.store.remove(connectionOf(lends, ConnectionArn, account).arn)
    return {}
  },
}
