import type { Operation } from '../../server/operation.ts'
import { type Connections, connectionOf, toConnection } from './lends.ts'

export const getConnection: Operation<Connections, { ConnectionArn: string }, object> = {
  resources: ({ ConnectionArn }) => [ConnectionArn],
  run: (lends, { ConnectionArn }, { account }) => ({
    Connection: toConnection(connectionOf(lends, ConnectionArn, account)),
  }),
}
