import type { StopPipelineExecutionInput, StopPipelineExecutionOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, structure, text, truth, uuid } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName(),
  pipelineExecutionId: uuid(),
  abandon: truth().optional(),
  reason: text(0, 200).optional(),
})

/** Stops an execution once its running actions have ended, or gives them up. */
export const stopPipelineExecution: Operation<CodePipeline, StopPipelineExecutionInput, StopPipelineExecutionOutput> = {
  resources: ({ pipelineName }, call) => resource(call, pipelineName),
  run(service, input, call) {
    const { pipelineName, pipelineExecutionId, abandon = false, reason } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    service.engine.stop(pipeline, pipelineExecutionId, abandon, reason, call.caller.arn)
    return { pipelineExecutionId }
  },
}
