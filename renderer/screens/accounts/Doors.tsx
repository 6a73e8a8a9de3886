import { Cloud, FileKey2, KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { go } from '../../stores/route.ts'
import css from './Doors.module.css'
import { useAccountsScreen } from './screenStore.ts'

const open = (dialog: 'signIn' | 'profile') => {
  go({ screen: 'accounts' })
  useAccountsScreen.setState({ dialog })
}

/** How to begin: the three ways in. */
export function Doors({ onTaken }: { onTaken?: () => void }) {
  const take = (act: () => void) => () => {
    act()
    onTaken?.()
  }
  return (
    <div className={css.doors}>
      <Door
        icon={<KeyRound size={20} aria-hidden />}
        title="Sign in with SSO"
        text="One sign-in to IAM Identity Center for all your accounts, renewed by itself."
        onOpen={take(() => open('signIn'))}
      />
      <Door
        icon={<FileKey2 size={20} aria-hidden />}
        title="Use existing profiles"
        text="What ~/.aws has: keys, roles and their chains, processes, sign-ins. Read, never changed."
        onOpen={take(() => open('profile'))}
      />
      <Door
        icon={<Cloud size={20} aria-hidden />}
        title="Try the local cloud"
        text="Three accounts with pipelines that really run on this machine. No AWS account needed."
        onOpen={take(() => go({ screen: 'fleet', filter: '' }))}
      />
    </div>
  )
}

interface DoorProps {
  icon: ReactNode
  title: string
  text: string
  onOpen: () => void
}

function Door({ icon, title, text, onOpen }: DoorProps) {
  return (
    <button type="button" className={css.door} onClick={onOpen}>
      <span className={css.icon}>{icon}</span>
      <span className={css.text}>
        <b>{title}</b>
        <span>{text}</span>
      </span>
    </button>
  )
}
