import { useRef, useState } from 'react'
import { DisabledReason, type Request } from '../../../../preload/contract/operations.ts'
import type { PipelineView, StageView } from '../../../../preload/contract/pipelines.ts'
import { shortId } from '../../../format/ids.ts'
import { Counted } from './Counted.tsx'
import css from './dialogs.module.css'
import { OperationDialog } from './OperationDialog.tsx'

const reasonLimit = 300

/** Closes the transition into a stage with a reason, or opens it again. */
export function TransitionDialog({
  view,
  stage,
  onClose,
}: {
  view: PipelineView
  stage: StageView
  onClose: () => void
}) {
  // As it stood when the dialog opened: a confirmed change must not turn the dialog into its opposite.
  const [transition] = useState(stage.transition)
  const [reason, setReason] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const { key } = view.row
  const [waiting] = stage.inbound
  if (!transition.open) {
    return (
      <OperationDialog
        view={view}
        title={`Open the transition into ${stage.name}`}
        request={{ kind: 'openTransition', key, stage: stage.name }}
        executionId={waiting}
        verb="Open transition"
        onClose={onClose}
      >
        <p>
          Closed{transition.by !== undefined && ` by ${transition.by}`}: {transition.reason}
        </p>
        {waiting !== undefined && (
          <p className={css.warning}>
            Execution {shortId(waiting)} waits before it and enters {stage.name} at once.
          </p>
        )}
      </OperationDialog>
    )
  }
  const checked = DisabledReason.safeParse(reason)
  const problem = reason === '' ? 'AWS wants a reason' : checked.error?.issues[0]?.message
  const request: Request = { kind: 'closeTransition', key, stage: stage.name, reason }
  return (
    <OperationDialog
      view={view}
      title={`Close the transition into ${stage.name}`}
      request={request}
      previewed={{ ...request, reason: 'reason' }}
      verb="Close transition"
      incomplete={problem}
      initialFocus={field}
      onClose={onClose}
    >
      <Counted ref={field} label="Reason (everybody sees it)" value={reason} limit={reasonLimit} onChange={setReason} />
      {reason !== '' && problem !== undefined && (
        <output className={css.problem} data-state="failed">
          {problem}
        </output>
      )}
    </OperationDialog>
  )
}
