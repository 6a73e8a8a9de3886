import { FileKey2, Network } from 'lucide-react'
import { useState } from 'react'
import type { Account } from '../../../preload/contract/accounts.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import field from '../../components/Field.module.css'
import { Page, Section } from '../../components/Page.tsx'
import { count } from '../../format/ids.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { AccountCard } from './AccountCard.tsx'
import css from './AccountsScreen.module.css'
import { AddAccount } from './AddAccount.tsx'
import { Doors } from './Doors.tsx'
import { HubDialog } from './HubDialog.tsx'
import { SignIns } from './SignIns.tsx'
import { useAccountsScreen } from './screenStore.ts'

const isFound = ({ name, id, environment, source }: Account, text: string) =>
  `${name} ${id} ${environment} ${Object.values(source).join(' ')}`.toLowerCase().includes(text.trim().toLowerCase())

const close = () => useAccountsScreen.setState({ dialog: undefined })

/** Which accounts the desk sees, as whom, and what it may do there. */
export function AccountsScreen() {
  const { accounts, known, failure } = useAccounts()
  const dialog = useAccountsScreen(state => state.dialog)
  const [text, setText] = useState('')
  const found = accounts.filter(account => isFound(account, text))
  const onlyLocal = known && accounts.every(({ source }) => source.kind === 'localCloud')
  return (
    <Page
      title="Accounts"
      lead="Each account with the identity that the desk has there. Credentials stay in the desk’s main process; nothing here changes anything in AWS."
    >
      {failure && <FailureNotice failure={failure} />}
      {onlyLocal && (
        <Section title="Begin">
          <Doors />
        </Section>
      )}
      <SignIns />
      <Section
        title={known ? count(accounts.length, 'account') : 'Asking…'}
        action={
          <span className={css.doing}>
            {accounts.length > 5 && (
              <input
                className={field.input}
                type="search"
                placeholder="Find an account"
                aria-label="Find an account"
                value={text}
                onChange={event => setText(event.target.value)}
              />
            )}
            <Button onClick={() => useAccountsScreen.setState({ dialog: 'profile' })}>
              <FileKey2 size={14} aria-hidden />
              Add from a profile
            </Button>
            <Button onClick={() => useAccountsScreen.setState({ dialog: 'hub' })}>
              <Network size={14} aria-hidden />
              Enter from a hub
            </Button>
          </span>
        }
      >
        {known && accounts.length === 0 && (
          <EmptyState title="No account yet.">
            <p>Sign in above and choose some, add one from a profile, or use the local cloud.</p>
          </EmptyState>
        )}
        {accounts.length > 0 && found.length === 0 && <EmptyState title={`No account is found by “${text}”.`} />}
        <ul className={css.accounts}>
          {found.map(account => (
            <AccountCard key={account.id} account={account} />
          ))}
        </ul>
      </Section>
      <AddAccount open={dialog === 'profile'} onClose={close} />
      <HubDialog open={dialog === 'hub'} onClose={close} />
    </Page>
  )
}
