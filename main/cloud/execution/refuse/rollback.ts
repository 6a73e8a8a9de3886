import { AwsError } from '../../server/awsError.ts'
import type { PipelineState } from '../model.ts'
import { takesTurns } from '../modes.ts'
import { own } from '../records.ts'
import { currentPlan, stageNotFound, stageOf } from './errors.ts'

export interface RollbackRequest {
  stage: string
  targetExecutionId: string
}

/** What the history knows of the execution to roll back to. */
export interface RollbackTargetFacts {
  type: 'STANDARD' | 'ROLLBACK'
  version: number
  /** Did it succeed in the stage (and was not skipped there)? */
  succeededInStage: boolean
}

/** RollbackStage (fact sheet, 3.3). Needs the state and what the history knows of the target, if it knows it. */
export function refuseRollback(
  state: PipelineState,
  { stage, targetExecutionId }: RollbackRequest,
  target: RollbackTargetFacts | undefined,
): AwsError | undefined {
  const plan = currentPlan(state)
  if (!plan || !stageOf(state, stage)) return stageNotFound(state, stage)
  if (!target) {
    const message = `Pipeline ${plan.name} has no execution ${targetExecutionId}`
    return new AwsError('PipelineExecutionNotFoundException', message)
  }
  if (!takesTurns(plan.mode)) return unable(stage, 'a pipeline in PARALLEL mode has no stage rollback')
  if (plan.stages[0]?.name === stage) return unable(stage, 'the source stage cannot be rolled back')
  if (target.type === 'ROLLBACK') return unable(stage, 'the target is itself a rollback')
  if (target.version !== state.version) {
    const message = `Pipeline execution ${targetExecutionId} ran under version ${target.version} of the pipeline and is outdated`
    return new AwsError('PipelineExecutionOutdatedException', message)
  }
  if (!target.succeededInStage) return unable(stage, `execution ${targetExecutionId} did not succeed in it`)
  const { holder, latest } = own(state.stages, stage) ?? {}
  if (holder !== undefined) return unable(stage, 'it is currently running')
  const passage = latest === undefined ? undefined : own(own(state.executions, latest)?.stages ?? {}, stage)
  if (passage?.status === 'Skipped') return unable(stage, 'it was skipped')
  return undefined
}

function unable(stage: string, why: string): AwsError {
  return new AwsError('UnableToRollbackStageException', `Unable to roll back stage ${stage}: ${why}`)
}
