import { useEffect, useState } from 'react'
import type { Added, PortalListing, SsoSession } from '../../../preload/contract/accounts.ts'
import type { FailureShape } from '../../../preload/contract/base.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import field from '../../components/Field.module.css'
import { Switch } from '../../components/Switch.tsx'
import { count } from '../../format/ids.ts'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { announce } from '../../stores/status.ts'
import { type Choice, firstChoice, isFound, newAccounts } from './choice.ts'
import { PortalGrid } from './PortalGrid.tsx'
import css from './PortalPicker.module.css'
import { regionsOf } from './regions.ts'

/** Accounts and roles of a portal, chosen in bulk. */
export function PortalPicker({ session, onClose }: { session: SsoSession | undefined; onClose: () => void }) {
  return (
    <Dialog
      open={session !== undefined}
      onClose={onClose}
      width="full"
      title={`Choose accounts of ${session?.name ?? ''}`}
      description="Each with the role that the desk takes there. What IAM lets that role do, the desk finds out by itself."
    >
      {session && <Picker key={session.id} session={session} onDone={onClose} />}
    </Dialog>
  )
}

/** The listing as far as it is told. */
function useListing(id: string) {
  const [listing, setListing] = useState<PortalListing>({ accounts: [], listed: 0, done: false })
  const [failure, setFailure] = useState<FailureShape>()
  useEffect(() => {
    const subscription = rpc.accounts.sso.listing.subscribe(
      { id },
      { onData: setListing, onError: thrown => setFailure(failureOf(thrown)) },
    )
    return () => subscription.unsubscribe()
  }, [id])
  return { listing, failure }
}

function Picker({ session, onDone }: { session: SsoSession; onDone: () => void }) {
  const { listing, failure } = useListing(session.id)
  const [text, setText] = useState('')
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map())
  const [last, setLast] = useState<string>()
  const [regions, setRegions] = useState(session.region)
  const [readOnly, setReadOnly] = useState(false)
  const [adding, setAdding] = useState(false)
  const [refused, setRefused] = useState<readonly Extract<Added, { state: 'refused' }>[]>([])
  const [problem, setProblem] = useState<FailureShape>()
  const found = listing.accounts.filter(account => isFound(account, text))
  const read = regionsOf(regions)

  const mark = (ids: readonly string[], on: boolean) => {
    const next = new Map(choices)
    for (const id of ids) {
      const account = listing.accounts.find(each => each.id === id)
      const choice = account && (next.get(id) ?? firstChoice(account, last))
      if (on && choice) next.set(id, choice)
      else next.delete(id)
    }
    setChoices(next)
  }
  const change = (id: string, said: Partial<Choice>) => {
    const before = choices.get(id)
    if (!before) return
    setChoices(new Map(choices).set(id, { ...before, ...said }))
    if (said.role !== undefined) setLast(said.role)
  }
  const add = async () => {
    setAdding(true)
    setProblem(undefined)
    try {
      const accounts = newAccounts(choices, session.id, { regions: read.regions, readOnly })
      const answers = await rpc.accounts.addMany.mutate({ accounts })
      const failed = answers.filter(answer => answer.state === 'refused')
      announce(`${session.name}: ${count(answers.length - failed.length, 'account')} added`)
      setRefused(failed)
      setChoices(new Map())
      if (failed.length === 0) onDone()
    } catch (thrown) {
      setProblem(failureOf(thrown))
    } finally {
      setAdding(false)
    }
  }
  const blocked = adding
    ? 'Adding…'
    : choices.size === 0
      ? 'Mark the accounts first'
      : read.regions.length === 0 || read.strange.length > 0
        ? 'Name the regions to watch'
        : undefined

  return (
    <div className={css.picker}>
      <div className={css.bar}>
        <input
          className={field.input}
          type="search"
          value={text}
          placeholder="Find by name, id, mail or role"
          aria-label="Find accounts"
          onChange={event => setText(event.target.value)}
        />
        <span className="dim" aria-live="polite">
          {progress(listing, found.length)}
        </span>
      </div>
      {failure && <FailureNotice failure={failure} />}
      {listing.done && listing.accounts.length === 0 ? (
        <EmptyState title="This sign-in has no account.">
          <p>Ask who manages IAM Identity Center to assign you a permission set in one.</p>
        </EmptyState>
      ) : (
        <PortalGrid accounts={found} choices={choices} onMark={mark} onChange={change} />
      )}
      {refused.map(({ name, failure: why }) => (
        <FailureNotice key={name} failure={{ ...why, message: `${name}: ${why.message}` }} />
      ))}
      {problem && <FailureNotice failure={problem} />}
      <form
        className={css.footer}
        onSubmit={event => {
          event.preventDefault()
          if (blocked === undefined) void add()
        }}
      >
        <label className={css.regions}>
          Regions to watch
          <input
            className={field.input}
            value={regions}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={read.strange.length > 0}
            onChange={event => setRegions(event.target.value)}
          />
        </label>
        <Switch
          label="Read-only"
          about="The desk refuses every change to these accounts."
          checked={readOnly}
          onChange={setReadOnly}
        />
        <span className={css.end}>
          <Button onClick={onDone}>Close</Button>
          <Button look="primary" type="submit" disabledBecause={blocked}>
            {adding ? 'Adding…' : `Add ${count(choices.size, 'account')}`}
          </Button>
        </span>
      </form>
    </div>
  )
}

function progress({ accounts, listed, done }: PortalListing, found: number): string {
  if (!done) return accounts.length === 0 ? 'Asking the portal…' : `Roles of ${listed} of ${accounts.length} accounts…`
  return found === accounts.length ? count(found, 'account') : `${found} of ${count(accounts.length, 'account')}`
}
