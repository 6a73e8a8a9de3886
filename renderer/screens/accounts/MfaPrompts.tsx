import { ShieldCheck } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { MfaPrompt } from '../../../preload/contract/accounts.ts'
import { Button } from '../../components/Button.tsx'
import field from '../../components/Field.module.css'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { announce } from '../../stores/status.ts'
import css from './MfaPrompts.module.css'

/**
 * Profiles that wait for the code of an MFA device; in sight wherever one is. A dialog that causes one shows it within
 * (`inDialog`), since nothing behind a dialog can be reached; the code has the focus then.
 */
export function MfaPrompts({ inDialog = false }: { inDialog?: boolean }) {
  const prompts = useAccounts(state => state.mfaPrompts)
  return prompts.map(prompt => <Prompt key={prompt.id} prompt={prompt} focused={inDialog} />)
}

function Prompt({ prompt: { id, profile, serial }, focused }: { prompt: MfaPrompt; focused: boolean }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (focused) input.current?.focus()
  }, [focused])
  const [code, setCode] = useState('')
  const answer = (given: string | undefined) => {
    rpc.accounts.answerMfa
      .mutate({ id, ...(given !== undefined && { code: given }) })
      .catch((thrown: unknown) => announce(failureOf(thrown).message))
  }
  return (
    <form
      className={css.prompt}
      onSubmit={event => {
        event.preventDefault()
        answer(code)
      }}
    >
      <ShieldCheck size={16} aria-hidden />
      <label className={css.label}>
        <span>
          <b>{profile}</b> wants the code of <span className="mono">{serial}</span>
        </span>
        <input
          ref={input}
          className={field.input}
          value={code}
          required
          placeholder="6 digits"
          inputMode="numeric"
          pattern="[0-9]{6}"
          maxLength={6}
          autoComplete="one-time-code"
          onChange={event => setCode(event.target.value)}
        />
      </label>
      <Button look="primary" type="submit">
        Enter
      </Button>
      <Button onClick={() => answer(undefined)}>Not now</Button>
    </form>
  )
}
