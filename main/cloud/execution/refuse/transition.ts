import { AwsError } from '../../server/awsError.ts'
import type { PipelineState } from '../model.ts'
import { currentPlan, stageNotFound } from './errors.ts'

export interface TransitionRequest {
  stage: string
  type: 'Inbound' | 'Outbound'
}

/**
 * The stage whose inbound transition EnableStageTransition and DisableStageTransition mean. UNCONFIRMED: the outbound
 * transition of a stage is the inbound one of the next, and the last stage has none.
 */
export function gatedStage(state: PipelineState, { stage, type }: TransitionRequest): string | undefined {
  const stages = currentPlan(state)?.stages ?? []
  const index = stages.findIndex(({ name }) => name === stage)
  return index < 0 ? undefined : stages[type === 'Inbound' ? index : index + 1]?.name
}

/** Enable- and DisableStageTransition (fact sheet, 3.5). Needs the state only. */
export function refuseTransition(state: PipelineState, request: TransitionRequest): AwsError | undefined {
  if (gatedStage(state, request) !== undefined) return undefined
  const known = currentPlan(state)?.stages.some(({ name }) => name === request.stage)
  if (!known) return stageNotFound(state, request.stage)
  return new AwsError('ValidationException', `Stage ${request.stage} is the last one and has no outbound transition`)
}
