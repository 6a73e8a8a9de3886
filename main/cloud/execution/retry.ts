import type { Draft } from './draft.ts'
import { takeInside } from './entering.ts'
import type { ActionExecution, Execution, PipelineEvent, PipelineState, RetryMode, StageExecution } from './model.ts'
import { takesTurns } from './modes.ts'
import { keepWhere, own } from './records.ts'

/** RetryStageExecution: the same execution and definition version, new attempts of its actions (fact sheet, 3.3). */
export function retryStage(draft: Draft, event: PipelineEvent & { kind: 'stageRetried' }): void {
  const { executionId, stage, mode } = event
  const execution = draft.execution(executionId)
  const passage = execution && own(execution.stages, stage)
  if (!passage || !draft.stagePlan(execution, stage)) return
  const { position } = execution
  const retried: Partial<StageExecution> = {
    manualRetries: passage.manualRetries + 1,
    latestRetry: 'ManualStageRetry',
    latestRetryAt: draft.at,
  }
  if (position.at === 'ended') {
    const left = passage.status === 'Failed' || passage.status === 'Stopped'
    if (!left || !mayReturn(draft.state, execution, stage)) return
    resume(draft, execution)
    tryAgain(draft, executionId, stage, mode, retried)
    takeInside(draft, executionId, stage, 'beforeEntry')
    draft.announce({ level: 'Stage', executionId, stage, state: 'RESUMED' })
    return
  }
  // A failed action may be tried again while its siblings still run: the stage has not failed yet.
  const running = position.at === 'inside' && position.stage === stage && position.phase === 'actions'
  if (!running || mode !== 'FAILED_ACTIONS' || execution.stop || execution.cancelling) return
  if (!Object.values(passage.actions).some(action => action.status === 'Failed')) return
  tryAgain(draft, executionId, stage, mode, retried)
  draft.patchExecution(executionId, { attempt: execution.attempt + 1 })
  draft.advanceLater(executionId)
}

/** The stage's one automatic retry; the execution keeps the lock. */
export function retryAutomatically(draft: Draft, id: string, stage: string, mode: RetryMode): void {
  const execution = draft.execution(id)
  const passage = execution && own(execution.stages, stage)
  if (!passage) return
  tryAgain(draft, id, stage, mode, {
    autoRetries: passage.autoRetries + 1,
    latestRetry: 'AutomatedStageRetry',
    latestRetryAt: draft.at,
  })
  draft.patchExecution(id, { attempt: execution.attempt + 1 })
  takeInside(draft, id, stage, 'beforeEntry')
  draft.announce({ level: 'Stage', executionId: id, stage, state: 'RESUMED' })
}

/** May an ended execution go back into this stage: has the definition stayed as it was, and has nobody come after it? */
export function mayReturn(state: PipelineState, execution: Execution, stage: string): boolean {
  if (execution.version !== state.version) return false
  if (!takesTurns(execution.mode)) return true
  return own(state.stages, stage)?.latest === execution.id
}

/** Takes an ended execution up again under its own id. */
export function resume(draft: Draft, execution: Execution): void {
  const { stop: _stop, cancelling: _cancelling, statusSummary: _summary, ...rest } = execution
  draft.putExecution({ ...rest, status: 'InProgress', attempt: execution.attempt + 1 })
  draft.announce({ level: 'Pipeline', executionId: execution.id, state: 'RESUMED' })
}

/**
 * Makes room for new attempts: FAILED_ACTIONS keeps what succeeded or still runs, ALL_ACTIONS nothing. The entry
 * condition is not asked again if it has let the execution in; the others are.
 */
function tryAgain(draft: Draft, id: string, stage: string, mode: RetryMode, retried: Partial<StageExecution>): void {
  const execution = draft.execution(id)
  const passage = execution && own(execution.stages, stage)
  if (!passage) return
  const { beforeEntry } = passage.conditions
  const letIn = beforeEntry?.status === 'Succeeded' || beforeEntry?.status === 'Overridden'
  const stays = (_: string, { status }: ActionExecution) => status === 'Succeeded' || status === 'InProgress'
  draft.patchPassage(id, stage, {
    ...retried,
    status: 'InProgress',
    actions: mode === 'ALL_ACTIONS' ? {} : keepWhere(passage.actions, stays),
    conditions: letIn ? { beforeEntry } : {},
  })
}
