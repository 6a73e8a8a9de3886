import type { OverrideStageConditionInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, oneOf, structure, uuid } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName(),
  stageName: entityName(),
  pipelineExecutionId: uuid(),
  conditionType: oneOf('BEFORE_ENTRY', 'ON_SUCCESS'),
})

/** Lets an execution past a condition that failed. */
export const overrideStageCondition: Operation<CodePipeline, OverrideStageConditionInput, object> = {
  resources: ({ pipelineName, stageName }, call) => resource(call, pipelineName, stageName),
  run(service, input, call) {
    const { pipelineName, stageName: stage, pipelineExecutionId, conditionType: condition } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    service.engine.override(pipeline, { stage, executionId: pipelineExecutionId, condition }, call.caller.arn)
    return {}
  },
}
