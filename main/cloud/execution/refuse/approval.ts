import { AwsError } from '../../server/awsError.ts'
import type { ActionExecution, PipelineState } from '../model.ts'
import { own } from '../records.ts'
import { stageNotFound, stageOf } from './errors.ts'

export interface ApprovalRequest {
  stage: string
  action: string
  token: string
}

/** The attempt that a token stands for, whether it still waits or not. */
export function approvalOf(
  state: PipelineState,
  { stage, action, token }: ApprovalRequest,
): ActionExecution | undefined {
  const known = own(own(state.stages, stage)?.actions ?? {}, action)
  if (known?.token === token) return known
  // PARALLEL executions have no pipeline state: each has its own attempt.
  for (const id in state.executions) {
    const passage = own(own(state.executions, id)?.stages ?? {}, stage)
    const attempt = passage && own(passage.actions, action)
    if (attempt?.token === token) return attempt
  }
  return undefined
}

/** PutApprovalResult (fact sheet, 3.5). Needs the state only. */
export function refuseApproval(state: PipelineState, request: ApprovalRequest): AwsError | undefined {
  const plan = stageOf(state, request.stage)
  const attempt = approvalOf(state, request)
  if (!plan && !attempt) return stageNotFound(state, request.stage)
  if (!attempt && !plan?.actions.some(({ name }) => name === request.action)) {
    return new AwsError('ActionNotFoundException', `Stage ${request.stage} has no action named ${request.action}`)
  }
  if (!attempt) {
    return new AwsError(
      'InvalidApprovalTokenException',
      'The approval request already received a response or has expired',
    )
  }
  if (attempt.status === 'InProgress') return undefined
  if (attempt.status === 'Abandoned') {
    return new AwsError('InvalidApprovalTokenException', 'The approval request has expired: its execution was stopped')
  }
  return new AwsError('ApprovalAlreadyCompletedException', 'The approval action has already been approved or rejected')
}
