import { Clock3, KeyRound, TriangleAlert } from 'lucide-react'
import type { Account, SsoSession } from '../../preload/contract/accounts.ts'
import { Button } from '../components/Button.tsx'
import { spokenDuration } from '../format/duration.ts'
import { count } from '../format/ids.ts'
import { formatTime } from '../format/instant.ts'
import { reconnect } from '../screens/accounts/accountActions.ts'
import { cancelSignIn, signIn } from '../screens/accounts/signInActions.ts'
import { useAccounts } from '../stores/accounts.ts'
import { go } from '../stores/route.ts'
import { useZone } from '../stores/settings.ts'
import { Banner, Said } from './Banner.tsx'

const stopped = ({ session }: Account) => session.state === 'expired' || session.state === 'unusable'

/** Whether an account stopped because its sign-in has to be made again. */
const waitsForSignIn = (account: Account): boolean =>
  account.session.state === 'expired' && account.session.failure.code === 'SignInNeeded'

/** Sign-ins and accounts that let the desk in no longer: one banner for each sign-in, however many accounts it has. */
export function SessionBanners() {
  const { accounts, ssoSessions } = useAccounts()
  const byItself = accounts.filter(
    account =>
      stopped(account) && !(waitsForSignIn(account) && ssoSessions.some(session => session.id === sessionOf(account))),
  )
  return (
    <>
      <ClockBanner />
      {ssoSessions.map(session => (
        <SignInBanner
          key={session.id}
          session={session}
          accounts={accounts.filter(account => sessionOf(account) === session.id && waitsForSignIn(account))}
        />
      ))}
      {byItself.map(account => (
        <AccountBanner key={account.id} account={account} />
      ))}
    </>
  )
}

const sessionOf = ({ source }: Account) => (source.kind === 'sso' ? source.session : undefined)

/** Up to three names, and how many more. */
function named(accounts: readonly Account[]): string {
  const names = accounts.map(({ name }) => name)
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(shown)
}

function SignInBanner({ session, accounts }: { session: SsoSession; accounts: readonly Account[] }) {
  const zone = useZone()
  const [first] = accounts
  if (!first) return null
  const { state } = session
  const since = first.session.state === 'expired' ? formatTime(first.session.since, zone) : undefined
  const underWay = state.state === 'browser' || state.state === 'device' || state.state === 'starting'
  return (
    <Banner
      look="warning"
      icon={<KeyRound size={16} aria-hidden />}
      action={
        underWay ? (
          <>
            {state.state === 'device' && <b className="mono">{state.code}</b>}
            <Button onClick={() => void cancelSignIn(session)}>Cancel</Button>
            <Button onClick={() => go({ screen: 'accounts' })}>Open Accounts</Button>
          </>
        ) : (
          <>
            <Button look="primary" onClick={() => void signIn(session)}>
              Sign in
            </Button>
            <Button onClick={() => go({ screen: 'accounts' })}>Open Accounts</Button>
          </>
        )
      }
    >
      <b>The sign-in to {session.name} has ended.</b> Nothing is asked in {named(accounts)} (
      {count(accounts.length, 'account')}){since !== undefined && <> since {since}</>}; what you see of{' '}
      {accounts.length === 1 ? 'it' : 'them'} is greyed, with its age.{' '}
      {underWay ? 'Waiting for you to sign in…' : 'Everything goes on by itself when you have signed in.'}
    </Banner>
  )
}

function AccountBanner({ account }: { account: Account }) {
  const { session } = account
  if (session.state !== 'expired' && session.state !== 'unusable') return null
  return (
    <Banner
      look="warning"
      icon={<TriangleAlert size={16} aria-hidden />}
      action={
        <>
          <Button onClick={() => void reconnect(account)}>Try again</Button>
          <Button onClick={() => go({ screen: 'accounts' })}>Open Accounts</Button>
        </>
      }
    >
      <b>
        {account.name} {session.state === 'expired' ? 'session expired' : 'can’t be used'}.
      </b>{' '}
      <Said failure={session.failure} />
    </Banner>
  )
}

function ClockBanner() {
  const ahead = useAccounts(state => state.clockAheadMs)
  if (ahead === undefined) return null
  return (
    <Banner look="warning" icon={<Clock3 size={16} aria-hidden />}>
      <b>
        This machine’s clock is {spokenDuration(Math.abs(ahead))} {ahead > 0 ? 'ahead of' : 'behind'} AWS’s.
      </b>{' '}
      AWS refuses requests that are more than five minutes off: set the clock.
    </Banner>
  )
}
