import type { StartPipelineExecutionInput, StartPipelineExecutionOutput } from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, list, oneOf, structure, text } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  name: entityName(),
  variables: list(structure({ name: text(1, 128, '[A-Za-z0-9@\\-_]+'), value: text(1, 1000) }), 1, 50).optional(),
  clientRequestToken: text(1, 128, '^[a-zA-Z0-9-]+$').optional(),
  sourceRevisions: list(
    structure({
      actionName: entityName(),
      revisionType: oneOf('COMMIT_ID', 'IMAGE_DIGEST', 'S3_OBJECT_VERSION_ID', 'S3_OBJECT_KEY'),
      revisionValue: text(1, 1500),
    }),
    0,
    50,
  ).optional(),
})

/** Starts an execution with the sources' latest revisions, or those that are named. */
export const startPipelineExecution: Operation<
  CodePipeline,
  StartPipelineExecutionInput,
  StartPipelineExecutionOutput
> = {
  resources: ({ name }, call) => resource(call, name),
  run(service, input, call) {
    const { name, variables = [], clientRequestToken: token, sourceRevisions = [] } = checked(Input, input)
    const pipeline = pipelineOf(service, call, name)
    const twice = variables.find((variable, at) => variables.slice(0, at).some(before => before.name === variable.name))
    if (twice) {
      // UNCONFIRMED: what AWS says to it.
      throw new AwsError('ValidationException', `Variable ${twice.name} is given more than once`)
    }
    const request = { variables, sourceRevisions }
    const { engine, startTokens } = service
    const known = token === undefined ? undefined : startTokens.find(pipeline, token, request)
    const pipelineExecutionId =
      known ??
      engine.start(pipeline, {
        trigger: { type: 'StartPipelineExecution', detail: call.caller.arn },
        variables: Object.fromEntries(variables.map(variable => [variable.name, variable.value])),
        overrides: sourceRevisions,
        alongside(executionId) {
          if (token !== undefined) startTokens.keep(pipeline, token, request, executionId)
        },
      })
    return { pipelineExecutionId }
  },
}
