import type {
  ListDeployActionExecutionTargetsInput,
  ListDeployActionExecutionTargetsOutput,
} from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, list, nextToken, oneOf, pageSize, structure, text } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName().optional(),
  // UNCONFIRMED: a pattern; the model has none.
  actionExecutionId: text(1, 200),
  filters: list(
    structure({ name: oneOf('TARGET_STATUS').optional(), values: list(text(1, Number.MAX_SAFE_INTEGER)).optional() }),
  ).optional(),
  maxResults: pageSize(),
  nextToken: nextToken(),
})

/** The targets of a deployment to instances or clusters. No action of this cloud deploys to such: the list is empty. */
export const listDeployActionExecutionTargets: Operation<
  CodePipeline,
  ListDeployActionExecutionTargetsInput,
  ListDeployActionExecutionTargetsOutput
> = {
  resources: ({ pipelineName }, call) => resource(call, pipelineName ?? '*'),
  run(service, input, call) {
    const { pipelineName, actionExecutionId: id, nextToken: token } = checked(Input, input)
    if (token !== undefined) service.pageTokens.refuse()
    const { definitions, runner } = service
    // Without a name any pipeline of the account may have run it.
    const asked =
      pipelineName === undefined
        ? definitions.list(call.account, call.region, Number.MAX_SAFE_INTEGER).map(({ pipeline }) => pipeline)
        : [pipelineOf(service, call, pipelineName)]
    const found = asked.some(pipeline => runner.history.attempt(pipeline.id, id) !== undefined)
    if (!found) {
      throw new AwsError('ActionExecutionNotFoundException', `The action execution ${id} cannot be found`)
    }
    return { targets: [] }
  },
}
