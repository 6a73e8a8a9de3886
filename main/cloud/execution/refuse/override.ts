import { AwsError } from '../../server/awsError.ts'
import type { PipelineEvent, PipelineState } from '../model.ts'
import { takesTurns } from '../modes.ts'
import { own } from '../records.ts'
import { mayReturn } from '../retry.ts'
import { busy, notLatest, stageNotFound, stageOf, tooMany } from './errors.ts'

export type OverrideRequest = Pick<
  PipelineEvent & { kind: 'conditionOverridden' },
  'stage' | 'executionId' | 'condition'
>

/** OverrideStageCondition (fact sheet, 3.4). Needs the state only. */
export function refuseOverride(state: PipelineState, request: OverrideRequest): AwsError | undefined {
  const { stage, executionId } = request
  const plan = stageOf(state, stage)
  if (!plan) return stageNotFound(state, stage)
  const execution = own(state.executions, executionId)
  if (!execution) return notLatest(executionId, stage)
  if (takesTurns(execution.mode) && own(state.stages, stage)?.latest !== executionId)
    return notLatest(executionId, stage)
  const kind = request.condition === 'BEFORE_ENTRY' ? 'beforeEntry' : 'onSuccess'
  const declared = plan[kind]
  if (!declared) return notOverridable(request, 'the stage has no such condition')
  if (declared.result === 'SKIP') return notOverridable(request, 'its result is SKIP')
  if (execution.version !== state.version) return notOverridable(request, 'the pipeline has changed since')
  const status = own(execution.stages, stage)?.conditions[kind]?.status
  if (execution.position.at === 'ended') {
    if (status !== 'Failed') return notOverridable(request, 'it has not failed')
    return mayReturn(state, execution, stage) ? tooMany(state) : busy(executionId)
  }
  if (execution.stop || execution.cancelling) return busy(executionId)
  return status === 'InProgress' ? undefined : notOverridable(request, 'it has not failed')
}

function notOverridable({ stage, condition }: OverrideRequest, why: string): AwsError {
  const message = `Unable to override condition ${condition} of stage ${stage}: ${why}`
  return new AwsError('ConditionNotOverridableException', message)
}
