import { Pencil } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Account, Band, Environment, Session } from '../../../preload/contract/accounts.ts'
import type { State } from '../../../preload/contract/base.ts'
import { Button } from '../../components/Button.tsx'
import { Confirm } from '../../components/Confirm.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { NameDialog } from '../../components/NameDialog.tsx'
import { Select } from '../../components/Select.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { Switch } from '../../components/Switch.tsx'
import { formatInstant } from '../../format/instant.ts'
import { signInOf } from '../../frame/stoppedAccounts.ts'
import { useZone } from '../../stores/settings.ts'
import css from './AccountsScreen.module.css'
import { reconnect, removeAccount, updateAccount } from './accountActions.ts'
import { bandOptions } from './bands.tsx'
import { EditRegions } from './EditRegions.tsx'
import { environmentOptions } from './environments.ts'
import { RightsChips } from './RightsChips.tsx'
import { signIn } from './signInActions.ts'

/** One account: who the desk is there, and what a person may set. */
export function AccountCard({ account }: { account: Account }) {
  const [removing, setRemoving] = useState(false)
  const [naming, setNaming] = useState(false)
  const { id, name, environment, readOnly, session, source, band, rights } = account
  const waitsFor = signInOf(account)
  return (
    <li className={css.card} data-env={environment} data-band={band} aria-label={`Account ${name}`}>
      <header className={css.head}>
        <h3>{name}</h3>
        <Button look="quiet" aria-label={`Rename ${name}`} onClick={() => setNaming(true)}>
          <Pencil size={12} aria-hidden />
        </Button>
        <span className="mono dim">{id}</span>
        <span className="dim">{sourceText(source)}</span>
        <span className={css.end}>
          <RightsChips rights={rights} />
        </span>
      </header>
      <SessionLine session={session} />
      {(session.state === 'expired' || session.state === 'unusable') && (
        <FailureNotice failure={session.failure}>
          {waitsFor !== undefined && (
            <Button look="primary" onClick={() => void signIn({ id: waitsFor, name: waitsFor })}>
              Sign in
            </Button>
          )}
          <Button onClick={() => void reconnect(account)}>Try again</Button>
        </FailureNotice>
      )}
      <div className={css.doing}>
        <Select<Environment>
          name={`Environment of ${name}`}
          value={environment}
          options={environmentOptions}
          onChange={value => void updateAccount(account, { environment: value })}
        />
        <Select<Band | 'environment'>
          name={`Colour of ${name}`}
          value={band ?? 'environment'}
          options={bandOptions}
          onChange={value => void updateAccount(account, { band: value === 'environment' ? null : value })}
        />
        <EditRegions account={account} />
        <Switch
          label="Read-only"
          about="The desk refuses every change to this account."
          checked={readOnly}
          onChange={value => void updateAccount(account, { readOnly: value })}
        />
        <span className={css.end}>
          <Button
            look="danger"
            disabledBecause={
              source.kind === 'localCloud' ? 'It belongs to the local cloud and comes with it.' : undefined
            }
            onClick={() => setRemoving(true)}
          >
            Remove…
          </Button>
        </span>
      </div>
      <NameDialog
        open={naming}
        title={`Rename ${name}`}
        label={`Name of ${id} in the desk`}
        longest={60}
        before={name}
        onName={chosen => void updateAccount(account, { name: chosen })}
        onClose={() => setNaming(false)}
      />
      <Confirm
        open={removing}
        title={`Remove ${name}?`}
        verb="Remove"
        danger
        onConfirm={() => void removeAccount(account)}
        onClose={() => setRemoving(false)}
      >
        <p>
          The desk forgets account {id} and what it last saw there. Nothing in AWS and nothing in your AWS configuration
          changes; you can add it again.
        </p>
      </Confirm>
    </li>
  )
}

/** How the desk becomes an account, in a few words. */
function sourceText(source: Account['source']): string {
  switch (source.kind) {
    case 'localCloud':
      return 'local cloud'
    case 'profile':
      return `profile ${source.profile}`
    case 'sso':
      return `${source.role} by ${source.session}`
    case 'hub':
      return `${source.roleArn.split('/').at(-1)} from ${source.hub}`
  }
}

function SessionLine({ session }: { session: Session }) {
  const zone = useZone()
  switch (session.state) {
    case 'connecting':
      return <Said state="running">Connecting…</Said>
    case 'valid':
      return (
        <Said state="succeeded">
          As <span className="mono">{session.as}</span>
          {session.expiresAt !== undefined && <>, until {formatInstant(session.expiresAt, zone)}</>}
        </Said>
      )
    case 'expired':
      return (
        <Said state="stale">
          Session expired since {formatInstant(session.since, zone)}; what it saw stays, greyed.
        </Said>
      )
    case 'unusable':
      return <Said state="failed">Can’t be used</Said>
  }
}

function Said({ state, children }: { state: State; children: ReactNode }) {
  return (
    <p className={css.session}>
      <StateGlyph state={state} decorative />
      <span>{children}</span>
    </p>
  )
}
