import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { SsoSession } from '../../../preload/contract/accounts.ts'
import type { State } from '../../../preload/contract/base.ts'
import button from '../../components/Button.module.css'
import { Button } from '../../components/Button.tsx'
import { Confirm } from '../../components/Confirm.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { Switch } from '../../components/Switch.tsx'
import { count } from '../../format/ids.ts'
import { formatInstant, formatTime } from '../../format/instant.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { useZone } from '../../stores/settings.ts'
import css from './SignIns.module.css'
import { cancelSignIn, removeSignIn, shareWithCli, signIn, signOut } from './signInActions.ts'

const glyph: Readonly<Record<SsoSession['state']['state'], State>> = {
  signedOut: 'notRun',
  starting: 'running',
  browser: 'waiting',
  device: 'waiting',
  signedIn: 'succeeded',
  expired: 'stale',
}
const origin: Readonly<Record<SsoSession['from'], string>> = {
  config: '~/.aws/config',
  desk: 'added here',
  localCloud: 'local cloud',
}

/** One portal: whether it lets the desk in, and what can be done about it. */
export function SignInCard({ session, onChoose }: { session: SsoSession; onChoose: () => void }) {
  const { name, startUrl, region, from, state, failure } = session
  const [removing, setRemoving] = useState(false)
  const accounts = useAccounts(
    all => all.accounts.filter(({ source }) => source.kind === 'sso' && source.session === session.id).length,
  )
  const underWay = state.state === 'starting' || state.state === 'browser' || state.state === 'device'
  return (
    <li className={css.card} aria-label={`Sign-in ${name}`}>
      <header className={css.head}>
        <StateGlyph state={glyph[state.state]} size={16} decorative />
        <h3>{name}</h3>
        <span className={css.url}>{startUrl}</span>
        <span className={css.end}>
          {region} · {origin[from]} · {count(accounts, 'account')} here
        </span>
      </header>
      <Standing session={session} />
      {failure && <FailureNotice failure={failure} />}
      <div className={css.doing}>
        {underWay ? (
          <Button onClick={() => void cancelSignIn(session)}>Cancel</Button>
        ) : state.state === 'signedIn' ? (
          <>
            <Button look="primary" onClick={onChoose}>
              Choose accounts…
            </Button>
            <Button onClick={() => void signOut(session)}>Sign out</Button>
          </>
        ) : (
          <>
            <Button look="primary" onClick={() => void signIn(session)}>
              Sign in
            </Button>
            <Button
              tip="For a machine without a browser, or one that can’t come back to the desk"
              onClick={() => void signIn(session, 'device')}
            >
              Sign in with a code
            </Button>
          </>
        )}
        <span className={css.end}>
          <Switch
            label="Share with the AWS CLI"
            about="Writes this sign-in to ~/.aws/sso/cache, as the AWS CLI does: a plain file that only you can read. What the CLI wrote there is used either way."
            checked={session.sharesWithCli}
            onChange={shares => void shareWithCli(session, shares)}
          />
          {from === 'desk' && (
            <Button look="danger" onClick={() => setRemoving(true)}>
              Remove…
            </Button>
          )}
        </span>
      </div>
      <Confirm
        open={removing}
        title={`Remove the sign-in ${name}?`}
        verb="Remove"
        danger
        onConfirm={() => void removeSignIn(session)}
        onClose={() => setRemoving(false)}
      >
        <p>The desk forgets this portal and its tokens. Accounts that are reached by it stay, without a way in.</p>
      </Confirm>
    </li>
  )
}

/** How it stands with the sign-in, in a sentence, with what a person is to do. */
function Standing({ session: { state, name } }: { session: SsoSession }) {
  const zone = useZone()
  switch (state.state) {
    case 'signedOut':
      return <p className="dim">Not signed in.</p>
    case 'starting':
      return <p className="dim">Asking the portal…</p>
    case 'browser':
      return (
        <div className={css.step}>
          <p>
            Sign in on the page that opened in your browser. It comes back by itself, until{' '}
            {formatTime(state.until, zone)}.
          </p>
          <PageLinks url={state.url} />
        </div>
      )
    case 'device':
      return (
        <div className={css.step}>
          <p>Open the page on any device and check that it shows this code, until {formatTime(state.until, zone)}.</p>
          <div className={css.codeLine}>
            <output className={css.code} aria-label={`Code for ${name}`}>
              {state.code}
            </output>
            <CopyButton text={state.code} what="the code" />
            <PageLinks url={state.url} />
          </div>
        </div>
      )
    case 'signedIn':
      return (
        <p>
          Signed in until {formatInstant(state.until, zone)}
          <span className="dim">
            {state.renews ? ', renewed by itself' : ''}
            {state.by === 'cli' ? (state.renews ? ', from the AWS CLI' : ', by the AWS CLI, which renews it') : ''}
          </span>
        </p>
      )
    case 'expired':
      return (
        <p>
          Ended at {formatInstant(state.since, zone)}.{' '}
          <span className="dim">Accounts go on for as long as their roles’ own credentials last.</span>
        </p>
      )
  }
}

function PageLinks({ url }: { url: string }) {
  return (
    <span className={css.links}>
      <a className={button.button} href={url} target="_blank" rel="noreferrer">
        <ExternalLink size={13} aria-hidden />
        Open the page
      </a>
      <CopyButton text={url} what="the page’s address" />
    </span>
  )
}
