import { useState } from 'react'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Choices } from './Choices.tsx'
import { Counted } from './Counted.tsx'
import { OperationDialog } from './OperationDialog.tsx'

const reasonLimit = 200

/** Stops an execution: after its running actions, or at once, leaving what they started to itself. */
export function StopDialog({
  view,
  executionId,
  onClose,
}: {
  view: PipelineView
  executionId: string
  onClose: () => void
}) {
  const [how, setHow] = useState<'wait' | 'abandon'>('wait')
  const [reason, setReason] = useState('')
  const request = { kind: 'stop', key: view.row.key, executionId, abandon: how === 'abandon', reason } as const
  const running = view.stages
    .flatMap(stage => stage.actions)
    .filter(({ state }) => state === 'running' || state === 'waiting')
  return (
    <OperationDialog
      view={view}
      title="Stop the execution"
      request={request}
      previewed={{ ...request, reason: '' }}
      executionId={executionId}
      verb={how === 'abandon' ? 'Abandon' : 'Stop'}
      danger
      incomplete={
        reason.length > reasonLimit ? `The reason is longer than the ${reasonLimit} characters AWS keeps` : undefined
      }
      onClose={onClose}
    >
      <Choices
        name="How"
        value={how}
        onChange={setHow}
        choices={[
          {
            value: 'wait',
            label: 'Stop and wait',
            says:
              running.length > 0
                ? `${running.map(({ name }) => name).join(', ')} may finish; nothing new begins.`
                : 'What runs may finish; nothing new begins.',
          },
          {
            value: 'abandon',
            label: 'Stop and abandon',
            says: 'At once. It does not cancel what the actions started: builds, uploads and stack updates go on by themselves, and nobody watches them.',
          },
        ]}
      />
      <Counted label="Why (kept with the execution)" value={reason} limit={reasonLimit} onChange={setReason} />
    </OperationDialog>
  )
}
