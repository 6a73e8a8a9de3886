import type { PipelineView, StageView } from '../../../../preload/contract/pipelines.ts'
import { conditionWord } from '../../../graph/describe.ts'
import type { ConditionToOverride } from '../facts.ts'
import css from './dialogs.module.css'
import { OperationDialog } from './OperationDialog.tsx'

export interface OverrideDialogProps {
  view: PipelineView
  stage: StageView
  dialog: ConditionToOverride
  onClose: () => void
}

/** Lets an execution past a condition that failed, with what its rules said in sight. */
export function OverrideDialog({ view, stage, dialog, onClose }: OverrideDialogProps) {
  const { condition, executionId } = dialog
  const said = stage.conditions.find(({ kind }) => kind === condition)?.summary
  return (
    <OperationDialog
      view={view}
      title={`Override the ${conditionWord[condition].toLowerCase()} of ${stage.name}`}
      request={{ kind: 'overrideCondition', key: view.row.key, stage: stage.name, executionId, condition }}
      executionId={executionId}
      verb="Override"
      danger
      onClose={onClose}
    >
      {said !== undefined && <p className={css.warning}>The condition failed: {said}</p>}
    </OperationDialog>
  )
}
