import type { Account, AccountsSnapshot, Environment, Profile } from '../../preload/contract/accounts.ts'

/** What a person says of a profile to make it an account. */
export interface NewAccount {
  profile: string
  name: string
  environment: Environment
  regions: string[]
}

/** What a person may change of an account. */
export interface AccountChange {
  id: string
  name?: string | undefined
  environment?: Environment | undefined
  readOnly?: boolean | undefined
  regions?: string[] | undefined
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
  /** Becomes the profile, asks who that is, and keeps it as an account. */
  add(account: NewAccount): Promise<Account>
  update(change: AccountChange): Promise<Account>
  remove(id: string): Promise<{ removed: boolean }>
  /** Forgets the credentials at hand, gets new ones and asks who they are. Never opens a browser. */
  reconnect(id: string): Promise<Account>
  /** Admits what is known and starts the local cloud. */
  start(): void
  stop(): Promise<void>
}
