import type { DisableStageTransitionInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, oneOf, structure, text } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName(),
  stageName: entityName(),
  transitionType: oneOf('Inbound', 'Outbound'),
  reason: text(1, 300, '[a-zA-Z0-9!@ \\(\\)\\.\\*\\?\\-]+'),
})

/** Closes a stage's gate: nobody enters until it is opened. */
export const disableStageTransition: Operation<CodePipeline, DisableStageTransitionInput, object> = {
  resources: ({ pipelineName, stageName }, call) => resource(call, pipelineName, stageName),
  run(service, input, call) {
    const { pipelineName, stageName: stage, transitionType: type, reason } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    service.engine.closeTransition(pipeline, { stage, type }, reason, call.caller.arn)
    return {}
  },
}
