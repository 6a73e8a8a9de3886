import { AwsError } from '../../server/awsError.ts'
import type { PipelinePlan, PipelineState, StagePlan } from '../model.ts'
import { concurrentExecutions, isFull } from '../modes.ts'

/** The definition that new requests are judged by. */
export function currentPlan(state: PipelineState): PipelinePlan | undefined {
  return state.plans[state.version]
}

export function stageOf(state: PipelineState, name: string): StagePlan | undefined {
  return currentPlan(state)?.stages.find(stage => stage.name === name)
}

export function stageNotFound(state: PipelineState, stage: string): AwsError {
  const pipeline = currentPlan(state)?.name ?? ''
  return new AwsError('StageNotFoundException', `Pipeline ${pipeline} has no stage named ${stage}`)
}

/** QUEUED and PARALLEL: an execution more is one too many, be it started, retried or overridden. */
export function tooMany(state: PipelineState): AwsError | undefined {
  const plan = currentPlan(state)
  if (!plan || !isFull(state, plan.mode)) return undefined
  return new AwsError(
    'ConcurrentPipelineExecutionsLimitExceededException',
    `Pipeline ${plan.name} has reached the limit of ${concurrentExecutions} concurrent pipeline executions`,
  )
}

export function notLatest(executionId: string, stage: string): AwsError {
  return new AwsError(
    'NotLatestPipelineExecutionException',
    `Pipeline execution ${executionId} is not the latest execution of stage ${stage}`,
  )
}

/** Something else is going on with this execution right now. */
export function busy(executionId: string): AwsError {
  const message = `Pipeline execution ${executionId} is busy with ongoing activities. Try again later`
  return new AwsError('ConflictException', message)
}
