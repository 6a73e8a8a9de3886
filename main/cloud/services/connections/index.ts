import type { Authorize, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import { createConnection } from './createConnection.ts'
import { deleteConnection } from './deleteConnection.ts'
import { getConnection } from './getConnection.ts'
import { createLeadsTo, type LeadsTo } from './leadsTo.ts'
import type { Connections } from './lends.ts'
import { listConnections } from './listConnections.ts'
import { listTagsForResource } from './listTagsForResource.ts'
import { createConnectionStore, type Prefix } from './store.ts'
import { tagResource } from './tagResource.ts'
import { untagResource } from './untagResource.ts'

const operations = {
  CreateConnection: createConnection,
  DeleteConnection: deleteConnection,
  GetConnection: getConnection,
  ListConnections: listConnections,
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
}

const prefixes: readonly Prefix[] = ['codestar-connections', 'codeconnections']

/** CodeConnections under both of its names, and where its connections lead to. */
export function createConnections(options: { database: CloudDatabase; tokens: SealedTokens; authorize: Authorize }): {
  services: readonly Service<Connections>[]
  leadsTo: LeadsTo
} {
  const store = createConnectionStore(options.database)
  return {
    services: prefixes.map(prefix => ({ name: prefix, lends: { prefix, store, tokens: options.tokens }, operations })),
    leadsTo: createLeadsTo({ store, authorize: options.authorize }),
  }
}
