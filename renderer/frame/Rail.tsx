import type { Account } from '../../preload/contract/accounts.ts'
import { Kbd } from '../components/Kbd.tsx'
import { StateGlyph } from '../components/StateGlyph.tsx'
import { Tip } from '../components/Tip.tsx'
import { lastFour } from '../format/ids.ts'
import { asksFor, toggleValue } from '../screens/fleet/filter/parse.ts'
import { useAccounts } from '../stores/accounts.ts'
import { useAlarms } from '../stores/alarms.ts'
import { go, useRoute } from '../stores/route.ts'
import { hashOf } from '../stores/routeHash.ts'
import { useSettings } from '../stores/settings.ts'
import css from './Rail.module.css'
import { isCurrent, screenLinks } from './screens.ts'

/** Screens, saved views and accounts. */
export function Rail() {
  return (
    <nav className={css.rail} aria-label="Desk">
      <div className={css.brand}>
        <StateGlyph state="running" size={16} decorative />
        CloudPipelines
      </div>
      <Screens />
      <SavedViews />
      <Accounts />
    </nav>
  )
}

function Screens() {
  const route = useRoute(state => state.route)
  return (
    <ul>
      {screenLinks.map((link, index) => (
        <li key={link.title}>
          <a className={css.link} href={hashOf(link.route)} aria-current={isCurrent(link, route) ? 'page' : undefined}>
            <link.icon size={14} aria-hidden />
            {link.title}
            {link.route.screen === 'audit' && <OpenAlarms />}
            <span className={css.end} aria-hidden>
              <Kbd chord={`Mod+${index + 1}`} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** How many alarms nobody has reviewed. */
function OpenAlarms() {
  const open = useAlarms(state => state.open)
  if (open === 0) return null
  return (
    <span className={css.badge}>
      {open}
      <span className="unseen"> open {open === 1 ? 'alarm' : 'alarms'}</span>
    </span>
  )
}

function SavedViews() {
  const views = useSettings(state => state.settings.savedViews)
  const route = useRoute(state => state.route)
  if (views.length === 0) return null
  return (
    <section aria-labelledby="rail-views">
      <h2 id="rail-views" className={css.heading}>
        Saved views
      </h2>
      <ul>
        {views.map(({ name, filter }) => (
          <li key={name}>
            <a
              className={css.link}
              href={hashOf({ screen: 'fleet', filter })}
              aria-current={route.screen === 'fleet' && route.filter === filter ? 'true' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Accounts() {
  const accounts = useAccounts(state => state.accounts)
  if (accounts.length === 0) return null
  return (
    <section aria-labelledby="rail-accounts" className={css.accounts}>
      <h2 id="rail-accounts" className={css.heading}>
        Accounts
      </h2>
      <ul>
        {accounts.map(account => (
          <AccountLine key={account.id} account={account} />
        ))}
      </ul>
    </section>
  )
}

/** What is said of an account beside its name. */
function sessionText({ session, readOnly, environment }: Account): string {
  const state = {
    connecting: 'connecting…',
    valid: 'signed in',
    expired: 'session expired',
    unusable: 'can’t be used',
  }[session.state]
  return `${environment}, ${state}${readOnly ? ', read-only' : ''}`
}

function AccountLine({ account }: { account: Account }) {
  const filter = useRoute(({ route }) => (route.screen === 'fleet' ? route.filter : ''))
  const asked = asksFor(filter, 'acct', account.name)
  return (
    <li>
      <Tip text={`${account.id} · ${sessionText(account)}. Click to ${asked ? 'show all accounts' : 'show it alone'}.`}>
        <button
          type="button"
          className={css.account}
          data-env={account.environment}
          data-band={account.band}
          aria-pressed={asked}
          onClick={() => go({ screen: 'fleet', filter: toggleValue(filter, 'acct', account.name) })}
        >
          <span className={css.band} aria-hidden />
          <span className={css.accountName}>{account.name}</span>
          {account.session.state !== 'valid' && account.session.state !== 'connecting' && (
            <StateGlyph state="stale" size={12} />
          )}
          <span className={css.digits}>{lastFour(account.id)}</span>
        </button>
      </Tip>
    </li>
  )
}
