import { LockKeyhole, MemoryStick, Plus } from 'lucide-react'
import { useState } from 'react'
import type { SsoSession } from '../../../preload/contract/accounts.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Section } from '../../components/Page.tsx'
import { useAccounts } from '../../stores/accounts.ts'
import { AddSignIn } from './AddSignIn.tsx'
import { PortalPicker } from './PortalPicker.tsx'
import { SignInCard } from './SignInCard.tsx'
import css from './SignIns.module.css'
import { useAccountsScreen } from './screenStore.ts'

/** Portals of IAM Identity Center: one sign-in for all accounts behind it. */
export function SignIns() {
  const sessions = useAccounts(state => state.ssoSessions)
  const adding = useAccountsScreen(state => state.dialog === 'signIn')
  const [choosing, setChoosing] = useState<SsoSession>()
  const setAdding = (open: boolean) => useAccountsScreen.setState({ dialog: open ? 'signIn' : undefined })
  return (
    <Section
      title="Sign-ins"
      action={
        <Button onClick={() => setAdding(true)}>
          <Plus size={14} aria-hidden />
          Add a sign-in
        </Button>
      }
    >
      {sessions.length === 0 ? (
        <EmptyState title="No portal of IAM Identity Center is known.">
          <p>Add its start URL here, or an sso-session to ~/.aws/config.</p>
        </EmptyState>
      ) : (
        <ul className={css.cards}>
          {sessions.map(session => (
            <SignInCard key={session.id} session={session} onChoose={() => setChoosing(session)} />
          ))}
        </ul>
      )}
      <KeptWhere />
      <AddSignIn open={adding} onClose={() => setAdding(false)} />
      <PortalPicker session={choosing} onClose={() => setChoosing(undefined)} />
    </Section>
  )
}

/** Where tokens are, in a sentence. */
function KeptWhere() {
  const secrets = useAccounts(state => state.secrets)
  return (
    <p className={css.kept}>
      {secrets.kept === 'vault' ? (
        <>
          <LockKeyhole size={13} aria-hidden /> Refresh tokens are sealed by this system’s vault ({secrets.backend}).
        </>
      ) : (
        <>
          <MemoryStick size={13} aria-hidden /> This system lends the desk no vault: tokens are kept in memory only, and
          you sign in again when the desk was restarted.
        </>
      )}
    </p>
  )
}
