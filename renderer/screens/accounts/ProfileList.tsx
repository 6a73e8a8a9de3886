import type { Profile } from '../../../preload/contract/accounts.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import css from './AccountsScreen.module.css'

const kindWord: Readonly<Record<Profile['kind'], string>> = {
  keys: 'access keys',
  role: 'assumes a role',
  process: 'credential process',
  sso: 'single sign-on',
  unusable: 'can’t be used',
}

/** Why a profile can't be added. */
function whyNot({ added, kind, problem }: Profile): string | undefined {
  if (added) return 'It is added already.'
  return kind === 'unusable' ? (problem ?? 'It can’t be used.') : undefined
}

/** The profiles, those with a problem included, each with what is wrong with it. */
export function ProfileList({
  profiles,
  onChoose,
}: {
  profiles: readonly Profile[]
  onChoose: (profile: Profile) => void
}) {
  if (profiles.length === 0) {
    return (
      <EmptyState title="No profile found.">
        <p>
          Make one with <span className="mono">aws configure sso</span> or <span className="mono">aws configure</span>,
          then come back.
        </p>
      </EmptyState>
    )
  }
  return (
    <ul>
      {profiles.map(profile => (
        <li key={profile.name} className={css.profile}>
          <span className={css.profileName}>
            <b>{profile.name}</b> <span className="dim">{kindWord[profile.kind]}</span>
            {profile.region !== undefined && <span className="dim">, {profile.region}</span>}
            {profile.accountId !== undefined && <span className="mono dim"> {profile.accountId}</span>}
            {profile.problem !== undefined && (
              <span className={css.problem}>
                <StateGlyph state="failed" decorative size={12} /> {profile.problem}
              </span>
            )}
          </span>
          <Button
            aria-label={`Add ${profile.name}`}
            disabledBecause={whyNot(profile)}
            onClick={() => onChoose(profile)}
          >
            {profile.added ? 'Added' : 'Add…'}
          </Button>
        </li>
      ))}
    </ul>
  )
}
