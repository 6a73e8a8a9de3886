import { useId, useRef, useState } from 'react'
import type { Alarm } from '../../../../preload/contract/auditReview.ts'
import type { FailureShape } from '../../../../preload/contract/base.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import field from '../../../components/Field.module.css'
import { failureOf } from '../../../rpc/failureOf.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { announce } from '../../../stores/status.ts'
import { alarmWord } from '../words.ts'

/** As long as the contract allows. */
const longestNote = 1000

/** Says why an alarm is well; kept for good, with the name that AWS knows the desk by. */
export function SignOffDialog({ alarm, onClose }: { alarm: Alarm; onClose: () => void }) {
  const [note, setNote] = useState('')
  const [sending, setSending] = useState(false)
  const [failure, setFailure] = useState<FailureShape>()
  const input = useRef<HTMLTextAreaElement>(null)
  const form = useId()
  const empty = note.trim() === ''
  const signOff = async () => {
    setSending(true)
    setFailure(undefined)
    try {
      await rpc.audit.signOff.mutate({ id: alarm.id, note })
      announce(`Signed off: ${alarmWord[alarm.kind]}`)
      onClose()
    } catch (thrown) {
      setFailure(failureOf(thrown))
      setSending(false)
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Sign off: ${alarmWord[alarm.kind]}`}
      description={alarm.words}
      initialFocus={input}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            disabledBecause={empty ? 'Say why it is well.' : sending ? 'It is being written.' : undefined}
          >
            Sign off
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={field.form}
        onSubmit={event => {
          event.preventDefault()
          if (!empty && !sending) void signOff()
        }}
      >
        <label className={field.field}>
          Why it is well (kept in the ledger; it can’t be changed later)
          <textarea
            ref={input}
            className={field.input}
            rows={4}
            maxLength={longestNote}
            value={note}
            onChange={event => setNote(event.target.value)}
          />
        </label>
        {failure && <FailureNotice failure={failure} />}
      </form>
    </Dialog>
  )
}
