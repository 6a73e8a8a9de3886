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
  /** The whole snapshot, at once and after each change. */
  watch(signal: AbortSignal | undefined): AsyncIterable<AccountsSnapshot>
  profiles(): Promise<Profile[]>
  add(account: NewAccount): Promise<Account>
  update(change: AccountChange): Promise<Account>
  remove(id: string): Promise<{ removed: boolean }>
  /** Asks who the credentials are again. */
  reconnect(id: string): Promise<Account>
}
