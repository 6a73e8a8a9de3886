import { useState } from 'react'
import type { PipelineView, StageView } from '../../../../preload/contract/pipelines.ts'
import { Choices } from './Choices.tsx'
import { OperationDialog } from './OperationDialog.tsx'

type Mode = 'FAILED_ACTIONS' | 'ALL_ACTIONS'

/** Retries a stage: what failed in it, or all of it from its first action. */
export function RetryDialog({ view, stage, onClose }: { view: PipelineView; stage: StageView; onClose: () => void }) {
  const [mode, setMode] = useState<Mode>('FAILED_ACTIONS')
  const failed = stage.actions.filter(action => action.state === 'failed').map(({ name }) => name)
  return (
    <OperationDialog
      view={view}
      title={`Retry ${stage.name}`}
      request={{ kind: 'retry', key: view.row.key, stage: stage.name, executionId: stage.executionId ?? '', mode }}
      executionId={stage.executionId}
      verb="Retry"
      onClose={onClose}
    >
      <Choices<Mode>
        name="What is retried"
        value={mode}
        onChange={setMode}
        choices={[
          {
            value: 'FAILED_ACTIONS',
            label: 'Failed actions',
            says: failed.length > 0 ? failed.join(', ') : 'Those that did not succeed',
          },
          {
            value: 'ALL_ACTIONS',
            label: 'All actions',
            says: 'From the stage’s first action; artifacts are overwritten. Nothing in the stage may run meanwhile.',
          },
        ]}
      />
    </OperationDialog>
  )
}
