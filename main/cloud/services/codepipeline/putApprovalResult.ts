import type { PutApprovalResultInput, PutApprovalResultOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, oneOf, structure, text, uuid } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName(),
  stageName: entityName(),
  actionName: entityName(),
  result: structure({ summary: text(0, 512), status: oneOf('Approved', 'Rejected') }),
  token: uuid(),
})

/** Answers a manual approval. `approvedAt` comes back for both answers. */
export const putApprovalResult: Operation<CodePipeline, PutApprovalResultInput, PutApprovalResultOutput> = {
  resources: ({ pipelineName, stageName, actionName }, call) => resource(call, pipelineName, stageName, actionName),
  run(service, input, call) {
    const { pipelineName, stageName: stage, actionName: action, result, token } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    service.engine.approve(pipeline, { stage, action, token }, result, call.caller.arn)
    return { approvedAt: new Date(service.clock.now()) }
  },
}
