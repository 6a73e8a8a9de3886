import { useRef, useState } from 'react'
import { approvalCommentLimit, type Request } from '../../../../preload/contract/operations.ts'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Dialog } from '../../../components/Dialog.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { findAction, type GraphModel } from '../../../graph/graphModel.ts'
import { Facts } from '../inspector/Facts.tsx'
import { Outside } from '../inspector/Identifier.tsx'
import type { OpenDialog } from '../screenStore.ts'
import { Counted } from './Counted.tsx'
import css from './dialogs.module.css'
import { OperationDialog } from './OperationDialog.tsx'

export interface DecideDialogProps {
  view: PipelineView
  model: GraphModel
  dialog: Extract<OpenDialog, { kind: 'decide' }>
  onClose: () => void
}

/** Approve or reject, with a comment that AWS keeps; about what the person was looking at and nothing else. */
export function DecideDialog({ view, model, dialog, onClose }: DecideDialogProps) {
  const now = findAction(model, dialog.stage, dialog.action)?.view
  // What it was when the dialog opened: a decision made elsewhere meanwhile must not become one about the next attempt.
  const [action] = useState(now)
  const [comment, setComment] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const approves = dialog.decision === 'Approved'
  const title = `${approves ? 'Approve' : 'Reject'}: ${dialog.stage} › ${dialog.action}`
  if (action?.actionExecutionId === undefined) {
    return (
      <Dialog open onClose={onClose} title={title}>
        <EmptyState title="This approval no longer waits." />
      </Dialog>
    )
  }
  const request: Request = {
    kind: 'decide',
    key: view.row.key,
    stage: dialog.stage,
    action: dialog.action,
    actionExecutionId: action.actionExecutionId,
    decision: dialog.decision,
    comment,
  }
  const over = comment.length - approvalCommentLimit
  return (
    <OperationDialog
      view={view}
      title={title}
      request={request}
      previewed={{ ...request, comment: '' }}
      executionId={action.executionId}
      verb={approves ? 'Approve' : 'Reject'}
      danger={!approves}
      incomplete={over > 0 ? `The comment is ${over} characters too long for AWS` : undefined}
      initialFocus={field}
      onClose={onClose}
    >
      {action.approval && (
        <Facts
          facts={[
            ['Asked', action.approval.customData],
            action.approval.link !== undefined && [
              'To review',
              <Outside key="link" href={action.approval.link}>
                {action.approval.link}
              </Outside>,
            ],
          ]}
        />
      )}
      <Counted
        ref={field}
        label="Why (kept with the approval)"
        value={comment}
        limit={approvalCommentLimit}
        onChange={setComment}
      />
      {now?.actionExecutionId !== action.actionExecutionId || now.state !== 'waiting' ? (
        <p className={css.warning}>This approval was decided meanwhile, here or elsewhere: it no longer waits.</p>
      ) : null}
    </OperationDialog>
  )
}
