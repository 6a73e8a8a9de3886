import type {
  Account,
  AccountsSnapshot,
  Added,
  Band,
  Environment,
  NewAccount,
  OrganizationAccount,
  PortalListing,
  Profile,
  SignInFlow,
  SsoSession,
} from '../../preload/contract/accounts.ts'
import type { Denial } from '../aws/door.ts'
import type { OwnPortal } from './sso/ssoSessions.ts'

/** What a person may change of an account. `band: null` gives it its environment's colour again. */
export interface AccountChange {
  id: string
  name?: string | undefined
  environment?: Environment | undefined
  readOnly?: boolean | undefined
  regions?: string[] | undefined
  band?: Band | null | undefined
}

/** Which accounts and regions there are, and how to become them. */
export interface Accounts {
  snapshot(): AccountsSnapshot
  get(id: string): Account | undefined
  /** Called after each change; gives how to stop. */
  onChange(listener: () => void): () => void
  /** The whole snapshot, at once and after each change. */
  watch(signal: AbortSignal | undefined): AsyncIterable<AccountsSnapshot>
  profiles(): Promise<Profile[]>
  /** Keeps it as an account; where only AWS can tell whose it is, becomes it and asks. */
  add(account: NewAccount): Promise<Account>
  /** Each for itself: one that is refused stops no other. In the order given. */
  addMany(accounts: readonly NewAccount[]): Promise<Added[]>
  update(change: AccountChange): Promise<Account>
  remove(id: string): Promise<{ removed: boolean }>
  /** Forgets the credentials at hand, gets new ones and asks who they are. Never opens a browser. */
  reconnect(id: string): Promise<Account>
  /** Admits what is known and starts the local cloud. */
  start(): void
  stop(): Promise<void>

  /** A sign-in to IAM Identity Center. A browser opens because a person asked for it, never by itself. */
  sso: {
    add(portal: OwnPortal): Promise<SsoSession>
    remove(id: string): Promise<{ removed: boolean }>
    signIn(id: string, flow: SignInFlow): Promise<SsoSession>
    cancel(id: string): Promise<SsoSession>
    signOut(id: string): Promise<SsoSession>
    /** Whether the desk writes its tokens into the AWS CLI's cache. */
    share(id: string, withCli: boolean): Promise<SsoSession>
    listing(id: string, signal: AbortSignal | undefined): AsyncIterable<PortalListing>
  }
  /** Every active account of the organization that this account manages. */
  organization(id: string): Promise<OrganizationAccount[]>
  answerMfa(id: string, code: string | undefined): { answered: boolean }
  /** Those of `wanted` that IAM does not allow the desk, as far as it tells or was learned. */
  missing(account: string, wanted: readonly Denial[], anew?: boolean): Promise<Denial[]>
}
