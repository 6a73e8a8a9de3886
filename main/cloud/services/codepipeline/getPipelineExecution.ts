import type { GetPipelineExecutionInput, GetPipelineExecutionOutput } from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, structure, uuid } from './constraints.ts'
import { executionView } from './executionViews.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({ pipelineName: entityName(), pipelineExecutionId: uuid() })

/** One execution: revisions, variables, trigger. Its times are only in ListPipelineExecutions. */
export const getPipelineExecution: Operation<CodePipeline, GetPipelineExecutionInput, GetPipelineExecutionOutput> = {
  resources: ({ pipelineName }, call) => resource(call, pipelineName),
  run(service, input, call) {
    const { pipelineName, pipelineExecutionId } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    const row = service.runner.history.execution(pipeline.id, pipelineExecutionId)
    if (!row) throw executionNotFound(pipelineName, pipelineExecutionId)
    const definition = service.definitions.version(pipeline, row.execution.version)
    return { pipelineExecution: executionView(pipelineName, row, definition?.declaration) }
  },
}

/** UNCONFIRMED wording. */
export const executionNotFound = (pipelineName: string, id: string) =>
  new AwsError('PipelineExecutionNotFoundException', `Pipeline '${pipelineName}' does not have an execution '${id}'`)
