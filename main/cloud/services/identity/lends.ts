import { hash } from 'node:crypto'
import type { Clock } from '../../../base/clock.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { Secrets } from '../iam/names.ts'
import type { IamStore } from '../iam/store.ts'
import type { Lifetimes } from './lifetimes.ts'
import type { Clients } from './store/clients.ts'
import type { Codes } from './store/codes.ts'
import type { Devices } from './store/devices.ts'
import type { Directory } from './store/directory.ts'
import type { Grants } from './store/grants.ts'
import type { Sessions } from './store/sessions.ts'
import type { SignInTrail } from './trail.ts'

/** An account that a person may be let into. */
export interface MemberAccount {
  id: string
  name: string
}

/** What Identity Center lends its operations and its pages. */
export interface Identity {
  directory: Directory
  sessions: Sessions
  clients: Clients
  codes: Codes
  devices: Devices
  grants: Grants
  /** IAM's own, for the roles behind permission sets. */
  store: IamStore
  secrets: Secrets
  tokens: SealedTokens
  clock: Pick<Clock, 'now'>
  lifetimes: Lifetimes
  /** The first is the organization's management account. */
  accounts: readonly [MemberAccount, ...MemberAccount[]]
  endpoint: () => string
  trail: SignInTrail
}

/** Where people sign in. */
export const startUrl = ({ endpoint }: Pick<Identity, 'endpoint'>) => `${endpoint()}/start`

/**
 * The instance's other name, as AWS has it. Nothing is ever sent there: it is for the config file, since the AWS CLI
 * (from 2.36.0) signs in to no start URL that is not https and of an AWS domain, whatever the endpoint.
 */
export const issuerUrl = (identity: Pick<Identity, 'accounts'>) =>
  `https://identitycenter.amazonaws.com/ssoins-${instanceOf(identity)}`

/** What tells this Identity Center from others: sixteen hex digits, the same whenever it has the same accounts. */
export const instanceOf = ({ accounts }: Pick<Identity, 'accounts'>) =>
  hash('sha256', accounts.map(({ id }) => id).join(' ')).slice(0, 16)

/** Whether a client means this Identity Center: by either name and host, with a slash or the `#` of AWS's own at the end. */
export function isStartUrl(identity: Pick<Identity, 'endpoint' | 'accounts'>, given: string): boolean {
  const plain = given.replace(/\/?(#\/?)?$/, '').replace('://localhost:', '://127.0.0.1:')
  return plain === startUrl(identity) || plain === issuerUrl(identity)
}
