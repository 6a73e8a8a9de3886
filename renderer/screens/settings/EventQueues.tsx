import { X } from 'lucide-react'
import { useState } from 'react'
import type { FailureShape } from '../../../preload/contract/base.ts'
import { Button, IconButton } from '../../components/Button.tsx'
import field from '../../components/Field.module.css'
import { Section } from '../../components/Page.tsx'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { changeSettings } from '../../stores/settings.ts'
import css from './SettingsScreen.module.css'

/** Queues that tell the desk of changes. Main says what is no queue's address, and of which account one is. */
export function EventQueues({ queues }: { queues: readonly string[] }) {
  return (
    <Section title="Events">
      <p className="dim">
        With the stack of <code>resources/events.cfn.yaml</code> in your accounts, changes show within a second and the
        desk asks AWS far less. Give the stack’s output <code>QueueUrl</code>; the queue’s account must be among yours.
      </p>
      <ul>
        {queues.map(url => (
          <li key={url} className={css.queue}>
            <span className="mono">{url}</span>
            <IconButton
              label={`Read no more events from ${url}`}
              onClick={() => void changeSettings({ eventQueues: queues.filter(other => other !== url) })}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <AddQueue queues={queues} />
    </Section>
  )
}

function AddQueue({ queues }: { queues: readonly string[] }) {
  const [url, setUrl] = useState('')
  const [failure, setFailure] = useState<FailureShape>()
  const add = async () => {
    try {
      await rpc.settings.update.mutate({ eventQueues: [...queues, url.trim()] })
      setUrl('')
      setFailure(undefined)
    } catch (thrown) {
      setFailure(failureOf(thrown))
    }
  }
  return (
    <form
      className={css.queue}
      onSubmit={event => {
        event.preventDefault()
        void add()
      }}
    >
      <label className={field.field}>
        Address of a queue
        <input
          className={field.input}
          type="url"
          required
          value={url}
          placeholder="https://sqs.us-east-1.amazonaws.com/111122223333/cloudpipelines"
          aria-invalid={failure !== undefined || undefined}
          onChange={event => setUrl(event.target.value)}
        />
        {failure && (
          <span className={field.wrong} role="alert">
            {failure.message}
          </span>
        )}
      </label>
      <Button type="submit">Read events</Button>
    </form>
  )
}
