import { AwsError } from '../../server/awsError.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { Connection, ConnectionStore, Prefix } from './store.ts'

/** What the service lends its operations, under each of its two names. */
export interface Connections {
  prefix: Prefix
  store: ConnectionStore
  tokens: SealedTokens
}

export interface Tag {
  Key: string
  Value: string
}

/** The connection of an ARN, of whichever account: who may is IAM's to say. */
export function connectionOf({ store }: Pick<Connections, 'store'>, arn: string, account: string): Connection {
  const found = store.find(arn)
  if (found && found.account === account) return found
  throw new AwsError('ResourceNotFoundException', `Connection not found: ${arn}`)
}

export const toConnection = ({ arn, account, name, provider }: Connection) => ({
  ConnectionName: name,
  ConnectionArn: arn,
  ProviderType: provider,
  OwnerAccountId: account,
  // In AWS somebody has to finish it in the console (PENDING until then); here there is nothing to agree to.
  ConnectionStatus: 'AVAILABLE',
})

export const tagMap = (tags: readonly Tag[]) => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
