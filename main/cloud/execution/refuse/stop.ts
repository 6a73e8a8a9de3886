import { AwsError } from '../../server/awsError.ts'
import type { PipelineState } from '../model.ts'
import { own } from '../records.ts'

export interface StopRequest {
  executionId: string
  abandon: boolean
}

/** StopPipelineExecution. Needs the state only: whatever has left it has ended. */
export function refuseStop(state: PipelineState, { executionId, abandon }: StopRequest): AwsError | undefined {
  const execution = own(state.executions, executionId)
  if (!execution || execution.position.at === 'ended') {
    const message = `Pipeline execution ${executionId} is not in progress and can't be stopped`
    return new AwsError('PipelineExecutionNotStoppableException', message)
  }
  // A wait may be turned into an abandon, nothing else.
  if (!execution.stop || (abandon && !execution.stop.abandon)) return undefined
  const message = `Pipeline execution ${executionId} is already in a Stopping state`
  return new AwsError('DuplicatedStopRequestException', message)
}
