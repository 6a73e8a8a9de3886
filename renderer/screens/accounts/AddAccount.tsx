import { useEffect, useState } from 'react'
import type { Environment, Profile } from '../../../preload/contract/accounts.ts'
import type { FailureShape } from '../../../preload/contract/base.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import field from '../../components/Field.module.css'
import { Select } from '../../components/Select.tsx'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { announce } from '../../stores/status.ts'
import css from './AccountsScreen.module.css'
import { environmentOptions } from './environments.ts'
import { MfaPrompts } from './MfaPrompts.tsx'
import { ProfileList } from './ProfileList.tsx'
import { regionsOf } from './regions.ts'

type Profiles =
  | { state: 'asking' }
  | { state: 'told'; profiles: readonly Profile[] }
  | { state: 'failed'; failure: FailureShape }

/** Adds an account from a profile of the person's AWS configuration. */
export function AddAccount({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      width="wide"
      title="Add an account from a profile"
      description="The profiles of your AWS configuration. The desk reads them and never changes them."
    >
      {open && <Choose onDone={onClose} />}
    </Dialog>
  )
}

function Choose({ onDone }: { onDone: () => void }) {
  const [profiles, setProfiles] = useState<Profiles>({ state: 'asking' })
  const [chosen, setChosen] = useState<Profile>()
  useEffect(() => {
    let wanted = true
    rpc.accounts.profiles.query().then(
      told => wanted && setProfiles({ state: 'told', profiles: told }),
      (thrown: unknown) => wanted && setProfiles({ state: 'failed', failure: failureOf(thrown) }),
    )
    return () => {
      wanted = false
    }
  }, [])
  switch (profiles.state) {
    case 'asking':
      return <p className="dim">Reading the profiles…</p>
    case 'failed':
      return <FailureNotice failure={profiles.failure} />
    case 'told':
      return chosen ? (
        <Details key={chosen.name} profile={chosen} onBack={() => setChosen(undefined)} onDone={onDone} />
      ) : (
        <ProfileList profiles={profiles.profiles} onChoose={setChosen} />
      )
  }
}

interface DetailsProps {
  profile: Profile
  onBack: () => void
  onDone: () => void
}

function Details({ profile, onBack, onDone }: DetailsProps) {
  const [name, setName] = useState(profile.name)
  const [regions, setRegions] = useState(profile.region ?? '')
  const [environment, setEnvironment] = useState<Environment>('unknown')
  const [failure, setFailure] = useState<FailureShape>()
  const [adding, setAdding] = useState(false)
  const read = regionsOf(regions)
  const add = async () => {
    setAdding(true)
    setFailure(undefined)
    try {
      const account = await rpc.accounts.add.mutate({
        profile: profile.name,
        name: name.trim(),
        environment,
        regions: read.regions,
      })
      announce(`${account.name}: added`)
      onDone()
    } catch (thrown) {
      setFailure(failureOf(thrown))
      setAdding(false)
    }
  }
  return (
    <>
      <form
        className={field.form}
        onSubmit={event => {
          event.preventDefault()
          if (read.strange.length === 0 && read.regions.length > 0) void add()
        }}
      >
        <p>
          Profile <b>{profile.name}</b>{' '}
          {profile.accountId !== undefined && <span className="mono">{profile.accountId}</span>}
        </p>
        <label className={field.field}>
          Name in the desk
          <input
            className={field.input}
            value={name}
            maxLength={60}
            required
            autoComplete="off"
            onChange={event => setName(event.target.value)}
          />
        </label>
        <label className={field.field}>
          Regions to watch, separated by blanks
          <input
            className={field.input}
            value={regions}
            required
            autoComplete="off"
            spellCheck={false}
            aria-invalid={read.strange.length > 0}
            onChange={event => setRegions(event.target.value)}
          />
          {read.strange.length > 0 && (
            <span className={field.wrong}>Not a region’s name: {read.strange.join(', ')}</span>
          )}
        </label>
        <div className={css.doing}>
          <Select name="Environment" value={environment} options={environmentOptions} onChange={setEnvironment} />
          <span className="dim">Shown as the colour of its chips and of the window’s band.</span>
        </div>
        {failure && <FailureNotice failure={failure} />}
        <div className={field.buttons}>
          <Button onClick={onBack}>Back</Button>
          <Button look="primary" type="submit" disabledBecause={adding ? 'Signing in…' : undefined}>
            Add
          </Button>
        </div>
      </form>
      {adding && <MfaPrompts inDialog />}
    </>
  )
}
