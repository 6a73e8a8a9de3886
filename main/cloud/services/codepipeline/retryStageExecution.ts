import type { RetryStageExecutionInput, RetryStageExecutionOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, oneOf, structure, uuid } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName(),
  stageName: entityName(),
  pipelineExecutionId: uuid(),
  retryMode: oneOf('FAILED_ACTIONS', 'ALL_ACTIONS'),
})

/** Tries a stage again, in the same execution. */
export const retryStageExecution: Operation<CodePipeline, RetryStageExecutionInput, RetryStageExecutionOutput> = {
  resources: ({ pipelineName, stageName }, call) => resource(call, pipelineName, stageName),
  run(service, input, call) {
    const { pipelineName, stageName, pipelineExecutionId, retryMode } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    service.engine.retry(pipeline, stageName, pipelineExecutionId, retryMode, call.caller.arn)
    return { pipelineExecutionId }
  },
}
