import { Globe2 } from 'lucide-react'
import { useState } from 'react'
import type { Account } from '../../../preload/contract/accounts.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import field from '../../components/Field.module.css'
import { updateAccount } from './accountActions.ts'
import { regionsOf } from './regions.ts'

/** Which regions of an account are watched. */
export function EditRegions({ account }: { account: Account }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="quiet" aria-label={`Regions of ${account.name}`} onClick={() => setOpen(true)}>
        <Globe2 size={13} aria-hidden />
        {account.regions.join(', ')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Regions of ${account.name}`}
        description="Pipelines are watched in each of them; a region more is a call more a minute."
      >
        {open && <Form account={account} onDone={() => setOpen(false)} />}
      </Dialog>
    </>
  )
}

function Form({ account, onDone }: { account: Account; onDone: () => void }) {
  const [text, setText] = useState(account.regions.join(' '))
  const { regions, strange } = regionsOf(text)
  const wrong = strange.length > 0 ? `Not a region’s name: ${strange.join(', ')}` : undefined
  const blocked = wrong ?? (regions.length === 0 ? 'Name at least one region' : undefined)
  return (
    <form
      className={field.form}
      onSubmit={event => {
        event.preventDefault()
        if (blocked !== undefined) return
        void updateAccount(account, { regions })
        onDone()
      }}
    >
      <label className={field.field}>
        Regions to watch, separated by blanks
        <input
          className={field.input}
          value={text}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong !== undefined}
          onChange={event => setText(event.target.value)}
        />
        {wrong !== undefined && <span className={field.wrong}>{wrong}</span>}
      </label>
      <div className={field.buttons}>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabledBecause={blocked}>
          Save
        </Button>
      </div>
    </form>
  )
}
