import { AwsError } from '../../server/awsError.ts'
import type { Execution, PipelineState, RetryMode, StageExecution } from '../model.ts'
import { takesTurns } from '../modes.ts'
import { own } from '../records.ts'
import { busy, notLatest, stageNotFound, stageOf, tooMany } from './errors.ts'

export interface RetryRequest {
  stage: string
  executionId: string
  mode: RetryMode
}

/**
 * RetryStageExecution (fact sheet, 3.3). Needs the state only: an execution that left it is no stage's latest any more.
 * UNCONFIRMED: which of the errors AWS gives where several fit.
 */
export function refuseRetry(state: PipelineState, request: RetryRequest): AwsError | undefined {
  const { stage, executionId, mode } = request
  if (!stageOf(state, stage)) return stageNotFound(state, stage)
  const execution = own(state.executions, executionId)
  if (!execution) return notLatest(executionId, stage)
  if (takesTurns(execution.mode) && own(state.stages, stage)?.latest !== executionId)
    return notLatest(executionId, stage)
  const passage = own(execution.stages, stage)
  if (!passage) return notRetryable(stage, 'the execution never entered it')
  if (execution.position.at !== 'ended') return refuseWhileRunning(execution, passage, request)
  if (execution.version !== state.version) return notRetryable(stage, 'the pipeline has changed since')
  if (passage.status !== 'Failed' && passage.status !== 'Stopped') {
    return notRetryable(stage, `its status is ${passage.status}`)
  }
  const failed = Object.values(passage.actions).some(({ status }) => status === 'Failed' || status === 'Abandoned')
  if (mode === 'FAILED_ACTIONS' && passage.status === 'Failed' && !failed) {
    return notRetryable(stage, 'it contains no failed actions')
  }
  return tooMany(state)
}

/** Failed actions may be retried while their siblings run; for all actions none may be in progress. */
function refuseWhileRunning(execution: Execution, passage: StageExecution, { stage, mode }: RetryRequest) {
  const { position } = execution
  if (position.at !== 'inside' || position.stage !== stage) return notRetryable(stage, 'the execution has left it')
  if (execution.stop || execution.cancelling) return busy(execution.id)
  const failed = Object.values(passage.actions).some(({ status }) => status === 'Failed')
  if (position.phase === 'actions' && failed && mode === 'FAILED_ACTIONS') return undefined
  if (passage.latestRetry) return busy(execution.id)
  return notRetryable(stage, failed ? 'actions are in progress' : 'it contains no failed actions')
}

function notRetryable(stage: string, why: string): AwsError {
  return new AwsError('StageNotRetryableException', `Unable to retry stage ${stage}: ${why}`)
}
