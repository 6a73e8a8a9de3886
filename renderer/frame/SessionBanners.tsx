import { Clock3, KeyRound, TriangleAlert } from 'lucide-react'
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
import { namesOf, type StoppedAccounts, stoppedAccounts } from './stoppedAccounts.ts'

/** Sign-ins and accounts that let the desk in no longer: one banner for each reason, however many accounts it stops. */
export function SessionBanners() {
  const { accounts, ssoSessions } = useAccounts()
  return (
    <>
      <ClockBanner />
      {stoppedAccounts(accounts, ssoSessions).map(group =>
        group.because === 'signIn' ? (
          <SignInBanner key={`signIn ${group.session.id}`} {...group} />
        ) : (
          <FailureBanner key={`${group.expired} ${group.failure.code}`} {...group} />
        ),
      )}
    </>
  )
}

function SignInBanner({ session, since, accounts }: Extract<StoppedAccounts, { because: 'signIn' }>) {
  const zone = useZone()
  const { state } = session
  const underWay = state.state === 'browser' || state.state === 'device' || state.state === 'starting'
  return (
    <Banner
      look="warning"
      icon={<KeyRound size={16} aria-hidden />}
      action={
        <>
          {state.state === 'device' && <b className="mono">{state.code}</b>}
          {underWay ? (
            <Button onClick={() => void cancelSignIn(session)}>Cancel</Button>
          ) : (
            <Button look="primary" onClick={() => void signIn(session)}>
              Sign in
            </Button>
          )}
          <Button onClick={() => go({ screen: 'accounts' })}>Open Accounts</Button>
        </>
      }
    >
      <b>The sign-in to {session.name} has ended.</b> Nothing is asked in {namesOf(accounts)} (
      {count(accounts.length, 'account')}) since {formatTime(since, zone)}; what you see of{' '}
      {accounts.length === 1 ? 'it' : 'them'} is greyed, with its age.{' '}
      {underWay ? 'Waiting for you to sign in…' : 'Everything goes on by itself when you have signed in.'}
    </Banner>
  )
}

function FailureBanner({ expired, failure, accounts }: Extract<StoppedAccounts, { because: 'failure' }>) {
  const one = accounts.length === 1
  return (
    <Banner
      look="warning"
      icon={<TriangleAlert size={16} aria-hidden />}
      action={
        <>
          <Button onClick={() => void Promise.all(accounts.map(reconnect))}>
            {one ? 'Try again' : 'Try all again'}
          </Button>
          <Button onClick={() => go({ screen: 'accounts' })}>Open Accounts</Button>
        </>
      }
    >
      <b>
        {namesOf(accounts)}{' '}
        {expired ? (one ? 'session expired' : 'sessions expired') : one ? 'can’t be used' : 'can’t be used, all alike'}.
      </b>{' '}
      <Said failure={failure} />
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
