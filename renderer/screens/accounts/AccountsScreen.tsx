import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { Page, Section } from '../../components/Page.tsx'
import { useAccounts } from '../../stores/accounts.ts'
import { AccountCard } from './AccountCard.tsx'
import css from './AccountsScreen.module.css'
import { AddAccount } from './AddAccount.tsx'

/** Which accounts the desk sees, as whom, and what it may do there. */
export function AccountsScreen() {
  const { accounts, known, failure } = useAccounts()
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title="Accounts"
      lead="Each account with the identity that the desk has there. Removing one forgets it here and changes nothing in AWS."
    >
      {failure && <FailureNotice failure={failure} />}
      <Section
        title={known ? `${accounts.length} known` : 'Asking…'}
        action={
          <Button onClick={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
            Add from a profile
          </Button>
        }
      >
        {known && accounts.length === 0 && (
          <EmptyState title="No account yet.">
            <p>Add one from a profile of your AWS configuration, or use the local cloud.</p>
          </EmptyState>
        )}
        <ul className={css.accounts}>
          {accounts.map(account => (
            <AccountCard key={account.id} account={account} />
          ))}
        </ul>
      </Section>
      <AddAccount open={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}
