import { useState } from 'react'
import type { Account, Added, NewAccount } from '../../../preload/contract/accounts.ts'
import type { FailureShape } from '../../../preload/contract/base.ts'
import { partitionOf } from '../../../preload/contract/partition.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import field from '../../components/Field.module.css'
import { Select } from '../../components/Select.tsx'
import { count } from '../../format/ids.ts'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { announce } from '../../stores/status.ts'
import css from './AccountsScreen.module.css'
import { guessEnvironment, idsIn } from './choice.ts'
import { MfaPrompts } from './MfaPrompts.tsx'
import { regionsOf } from './regions.ts'

/** One role of the same name in many accounts, taken from one account that may assume it: the hub. */
export function HubDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const hubs = useAccounts(state => state.accounts)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      width="wide"
      title="Enter accounts from a hub"
      description="The desk becomes the hub first, then assumes the role in each account. The role must trust the hub."
    >
      {open &&
        (hubs.length === 0 ? (
          <EmptyState title="There is no account yet that could be the hub.">
            <p>Add it first: by a sign-in, or from a profile.</p>
          </EmptyState>
        ) : (
          <Form hubs={hubs} onDone={onClose} />
        ))}
    </Dialog>
  )
}

function Form({ hubs, onDone }: { hubs: readonly Account[]; onDone: () => void }) {
  const [hub, setHub] = useState(hubs[0]?.id ?? '')
  const [role, setRole] = useState('ReleaseManager')
  const [externalId, setExternalId] = useState('')
  const [list, setList] = useState('')
  const [regions, setRegions] = useState(hubs[0]?.regions.join(' ') ?? 'us-east-1')
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  /** How many of the organization's accounts could be added, once it was asked. */
  const [listed, setListed] = useState<number>()
  const [failure, setFailure] = useState<FailureShape>()
  const [refused, setRefused] = useState<readonly Extract<Added, { state: 'refused' }>[]>([])
  const [busy, setBusy] = useState<'asking' | 'adding'>()
  const here = new Set(hubs.map(({ id }) => id))
  const ids = idsIn(list).filter(id => id !== hub)
  const read = regionsOf(regions)

  const attempt = async (what: 'asking' | 'adding', act: () => Promise<void>) => {
    setBusy(what)
    setFailure(undefined)
    try {
      await act()
    } catch (thrown) {
      setFailure(failureOf(thrown))
    } finally {
      setBusy(undefined)
    }
  }
  const askOrganization = () =>
    attempt('asking', async () => {
      const accounts = (await rpc.accounts.organization.query({ id: hub })).filter(({ id }) => !here.has(id))
      setNames(new Map(accounts.map(({ id, name }) => [id, name])))
      setList(accounts.map(({ id, name }) => `${id} ${name}`).join('\n'))
      setListed(accounts.length)
    })
  const add = () =>
    attempt('adding', async () => {
      const accounts = ids.map((id): NewAccount => {
        const name = names.get(id) ?? id
        return {
          id,
          name: name.slice(0, 60),
          environment: guessEnvironment(name),
          regions: read.regions,
          readOnly: false,
          source: {
            kind: 'hub',
            hub,
            roleArn: `arn:${partitionOf(read.regions[0] ?? '')}:iam::${id}:role/${role.trim()}`,
            ...(externalId !== '' && { externalId }),
          },
        }
      })
      const answers = await rpc.accounts.addMany.mutate({ accounts })
      const failed = answers.filter(answer => answer.state === 'refused')
      announce(`${count(answers.length - failed.length, 'account')} added`)
      setRefused(failed)
      if (failed.length === 0) onDone()
    })
  const blocked =
    busy === 'adding'
      ? 'Adding…'
      : ids.length === 0
        ? 'Name the accounts'
        : read.regions.length === 0 || read.strange.length > 0
          ? 'Name the regions to watch'
          : undefined
  return (
    <>
      <form
        className={field.form}
        onSubmit={event => {
          event.preventDefault()
          if (blocked === undefined) void add()
        }}
      >
        <div className={css.doing}>
          <Select
            name="Hub account"
            value={hub}
            options={hubs.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
            onChange={chosen => {
              setHub(chosen)
              setListed(undefined)
            }}
          />
          <Button disabledBecause={busy === 'asking' ? 'Asking…' : undefined} onClick={() => void askOrganization()}>
            {busy === 'asking' ? 'Asking Organizations…' : 'List its organization’s accounts'}
          </Button>
          <output className="dim">
            {listed === 0 && 'Each account of the organization is here already.'}
            {listed !== undefined && listed > 0 && `${count(listed, 'account')} listed below: not here yet.`}
          </output>
        </div>
        <label className={field.field}>
          Role, with its path if it has one
          <input
            className={field.input}
            value={role}
            required
            pattern="[\w+=,.@\/\-]{1,512}"
            spellCheck={false}
            autoComplete="off"
            onChange={event => setRole(event.target.value)}
          />
        </label>
        <label className={field.field}>
          External id, where the role’s trust wants one
          <input
            className={field.input}
            value={externalId}
            minLength={2}
            maxLength={1224}
            autoComplete="off"
            onChange={event => setExternalId(event.target.value)}
          />
        </label>
        <label className={field.field}>
          Accounts: twelve digits each, in any text
          <textarea
            className={field.input}
            rows={6}
            value={list}
            spellCheck={false}
            onChange={event => setList(event.target.value)}
          />
        </label>
        <label className={field.field}>
          Regions to watch, separated by blanks
          <input
            className={field.input}
            value={regions}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={read.strange.length > 0}
            onChange={event => setRegions(event.target.value)}
          />
        </label>
        {failure && <FailureNotice failure={failure} />}
        {refused.map(({ name, failure: why }) => (
          <FailureNotice key={name} failure={{ ...why, message: `${name}: ${why.message}` }} />
        ))}
        <div className={field.buttons}>
          <Button onClick={onDone}>Close</Button>
          <Button look="primary" type="submit" disabledBecause={blocked}>
            Add {count(ids.length, 'account')}
          </Button>
        </div>
      </form>
      {busy !== undefined && <MfaPrompts inDialog />}
    </>
  )
}
