import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { findStage, type GraphModel } from '../../../graph/graphModel.ts'
import { likelyRollback, stagesToRollBack } from '../facts.ts'
import { closeDialog, useScreen } from '../screenStore.ts'
import { DecideDialog } from './DecideDialog.tsx'
import { OverrideDialog } from './OverrideDialog.tsx'
import { RetryDialog } from './RetryDialog.tsx'
import { RollbackPlanner } from './RollbackPlanner.tsx'
import { StartDialog } from './StartDialog.tsx'
import { StopDialog } from './StopDialog.tsx'
import { TransitionDialog } from './TransitionDialog.tsx'

/** Whichever dialog is open over the screen. */
export function Dialogs({ view, model }: { view: PipelineView; model: GraphModel }) {
  const dialog = useScreen(state => state.dialog)
  const selected = useScreen(state => state.selected)
  if (!dialog) return null
  const stage = 'stage' in dialog && dialog.stage !== undefined ? findStage(model, dialog.stage)?.view : undefined
  switch (dialog.kind) {
    case 'start':
      return <StartDialog view={view} onClose={closeDialog} />
    case 'stop':
      return <StopDialog view={view} executionId={dialog.executionId} onClose={closeDialog} />
    case 'decide':
      return <DecideDialog view={view} model={model} dialog={dialog} onClose={closeDialog} />
    case 'retry':
      return stage ? <RetryDialog view={view} stage={stage} onClose={closeDialog} /> : null
    case 'transition':
      return stage ? <TransitionDialog view={view} stage={stage} onClose={closeDialog} /> : null
    case 'override':
      return stage ? <OverrideDialog view={view} stage={stage} dialog={dialog} onClose={closeDialog} /> : null
    case 'rollback': {
      const stages = stagesToRollBack(view, model)
      const first = stages.ok ? (dialog.stage ?? likelyRollback(model, stages.target, selected)) : undefined
      if (!stages.ok || first === undefined) return null
      return <RollbackPlanner view={view} stages={stages.target} first={first} onClose={closeDialog} />
    }
  }
}
