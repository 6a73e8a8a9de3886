import type { EnableStageTransitionInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, oneOf, structure } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName(),
  stageName: entityName(),
  transitionType: oneOf('Inbound', 'Outbound'),
})

/** Opens a stage's gate: who waits before it enters. */
export const enableStageTransition: Operation<CodePipeline, EnableStageTransitionInput, object> = {
  resources: ({ pipelineName, stageName }, call) => resource(call, pipelineName, stageName),
  run(service, input, call) {
    const { pipelineName, stageName: stage, transitionType: type } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    service.engine.openTransition(pipeline, { stage, type }, call.caller.arn)
    return {}
  },
}
