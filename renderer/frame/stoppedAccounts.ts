import type { Account, SsoSession } from '../../preload/contract/accounts.ts'
import type { FailureShape } from '../../preload/contract/base.ts'

/** Accounts in which nothing can be asked now, for one and the same reason. */
export type StoppedAccounts =
  | { because: 'signIn'; session: SsoSession; since: string; accounts: readonly Account[] }
  | { because: 'failure'; expired: boolean; failure: FailureShape; accounts: readonly Account[] }

/** The sign-in that an account waits for: the one it names, or the one that its profile or its hub is reached by. */
export function signInOf({ source, session }: Account): string | undefined {
  if (session.state !== 'expired' || session.failure.code !== 'SignInNeeded') return undefined
  return session.failure.place.signIn ?? (source.kind === 'sso' ? source.session : undefined)
}

/** One group for each sign-in that has ended, then one for each other reason, however many accounts it stops. Pure. */
export function stoppedAccounts(accounts: readonly Account[], sessions: readonly SsoSession[]): StoppedAccounts[] {
  const waiting = Map.groupBy(accounts, signInOf)
  const bySignIn = sessions.flatMap((session): StoppedAccounts[] => {
    const of = waiting.get(session.id) ?? []
    const since = of.flatMap(each => (each.session.state === 'expired' ? each.session.since : [])).sort()[0]
    return since === undefined ? [] : [{ because: 'signIn', session, since, accounts: of }]
  })
  const told = new Set(bySignIn.flatMap(group => group.accounts))
  const groups = new Map<string, Extract<StoppedAccounts, { because: 'failure' }>>()
  for (const account of accounts) {
    const { session } = account
    if (told.has(account) || (session.state !== 'expired' && session.state !== 'unusable')) continue
    const reason = `${session.state} ${session.failure.code}`
    const group = groups.get(reason)
    groups.set(reason, {
      because: 'failure',
      expired: session.state === 'expired',
      failure: group?.failure ?? session.failure,
      accounts: [...(group?.accounts ?? []), account],
    })
  }
  return [...bySignIn, ...groups.values()]
}

/** Up to three names, or two and how many more. */
export function namesOf(accounts: readonly Account[]): string {
  const names = accounts.map(({ name }) => name)
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(shown)
}
