import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Caller } from '../../server/operation.ts'
import type { ConnectionStore } from './store.ts'

/** The repository behind a connection: one of CodeCommit's, in the connection's own account and region. */
export interface ConnectedRepository {
  account: string
  region: string
  repository: string
  /** Whose repository it is said to be: `GitHub`… */
  provider: string
  /** As whom it is read: whoever may use the connection need know nothing of what is behind it. */
  as: Caller
}

/** How the cloud's other services use connections. */
export interface LeadsTo {
  /** `fullName` is `OWNER/NAME`. Throws AccessDenied, or that there is no such connection. */
  use(caller: Caller, connectionArn: string, fullName: string): ConnectedRepository
  /** The same for nobody in particular: to know what to follow. */
  find(connectionArn: string, fullName: string): ConnectedRepository | undefined
}

export function createLeadsTo({ store, authorize }: { store: ConnectionStore; authorize: Authorize }): LeadsTo {
  const find: LeadsTo['find'] = (arn, fullName) => {
    const connection = store.find(arn)
    if (!connection) return undefined
    const { account, region, provider } = connection
    const principal = 'codeconnections.amazonaws.com'
    const as: Caller = { kind: 'service', account, arn: principal, userId: principal, principalArn: principal }
    return { account, region, provider, repository: fullName.slice(fullName.lastIndexOf('/') + 1), as }
  }
  return {
    find,
    use(caller, arn, fullName) {
      authorize(caller, `${arn.split(':')[2] ?? ''}:UseConnection`, arn, {
        context: { 'codestar-connections:FullRepositoryId': fullName, 'codeconnections:FullRepositoryId': fullName },
      })
      const found = find(arn, fullName)
      if (!found) throw new AwsError('ResourceNotFoundException', `Connection not found: ${arn}`)
      return found
    },
  }
}
