import { useState } from 'react'
import type { FailureShape } from '../../../preload/contract/base.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import field from '../../components/Field.module.css'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { signIn } from './signInActions.ts'

/** A name out of `https://corp.awsapps.com/start`: `corp`. */
function nameOf(startUrl: string): string {
  const host = URL.canParse(startUrl) ? new URL(startUrl).hostname : ''
  return host.split('.')[0]?.replace(/[^\w-]/g, '') ?? ''
}

/** Names a portal and begins to sign in there. */
export function AddSignIn({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Sign in with IAM Identity Center"
      description="The start URL is the address of your AWS access portal; its region is on the portal’s settings page."
    >
      {open && <Form onDone={onClose} />}
    </Dialog>
  )
}

function Form({ onDone }: { onDone: () => void }) {
  const [startUrl, setStartUrl] = useState('')
  const [region, setRegion] = useState('us-east-1')
  const [name, setName] = useState<string>()
  const [failure, setFailure] = useState<FailureShape>()
  const [adding, setAdding] = useState(false)
  const called = name ?? nameOf(startUrl)
  const add = async () => {
    setAdding(true)
    try {
      const added = await rpc.accounts.sso.add.mutate({
        name: called,
        startUrl: startUrl.trim(),
        region: region.trim(),
      })
      onDone()
      await signIn(added)
    } catch (thrown) {
      setFailure(failureOf(thrown))
      setAdding(false)
    }
  }
  return (
    <form
      className={field.form}
      onSubmit={event => {
        event.preventDefault()
        if (!adding) void add()
      }}
    >
      <label className={field.field}>
        Start URL
        <input
          className={field.input}
          value={startUrl}
          required
          placeholder="https://corp.awsapps.com/start"
          autoComplete="off"
          spellCheck={false}
          onChange={event => setStartUrl(event.target.value)}
        />
      </label>
      <label className={field.field}>
        Region of IAM Identity Center
        <input
          className={field.input}
          value={region}
          required
          pattern="[a-z]{2}(-[a-z]+)+-[0-9]"
          autoComplete="off"
          spellCheck={false}
          onChange={event => setRegion(event.target.value)}
        />
      </label>
      <label className={field.field}>
        Name
        <input
          className={field.input}
          value={called}
          required
          maxLength={60}
          autoComplete="off"
          onChange={event => setName(event.target.value)}
        />
      </label>
      {failure && <FailureNotice failure={failure} />}
      <div className={field.buttons}>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabledBecause={adding ? 'Adding…' : undefined}>
          Add and sign in
        </Button>
      </div>
    </form>
  )
}
