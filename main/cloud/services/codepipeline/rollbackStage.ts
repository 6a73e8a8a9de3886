import type { RollbackStageInput, RollbackStageOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, structure, uuid } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName(),
  stageName: entityName(),
  targetPipelineExecutionId: uuid(),
})

/** Runs a stage again with what a past execution brought through it, as an execution of its own. */
export const rollbackStage: Operation<CodePipeline, RollbackStageInput, RollbackStageOutput> = {
  resources: ({ pipelineName, stageName }, call) => resource(call, pipelineName, stageName),
  run(service, input, call) {
    const { pipelineName, stageName, targetPipelineExecutionId: target } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    return { pipelineExecutionId: service.engine.rollBack(pipeline, stageName, target, call.caller.arn) }
  },
}
