import type { ListPipelineExecutionsInput, ListPipelineExecutionsOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, nextToken, pageSize, structure } from './constraints.ts'
import { cursors } from './cursors.ts'
import { executionSummary } from './executionViews.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName(),
  maxResults: pageSize(),
  filter: structure({ succeededInStage: structure({ stageName: entityName().optional() }).optional() }).optional(),
  nextToken: nextToken(),
})

/** Executions, newest first; with a filter those of the current version that succeeded in a stage. */
export const listPipelineExecutions: Operation<
  CodePipeline,
  ListPipelineExecutionsInput,
  ListPipelineExecutionsOutput
> = {
  resources: ({ pipelineName }, call) => resource(call, pipelineName),
  run(service, input, call) {
    const { pipelineName, maxResults = 100, filter, nextToken } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    const { from, next } = cursors(service.pageTokens, 'ListPipelineExecutions', pipeline, filter)
    const stage = filter?.succeededInStage?.stageName
    const succeeded =
      stage === undefined ? undefined : { stage, version: service.definitions.current(pipeline).version }
    const page = service.runner.history.executions(pipeline.id, maxResults, from(nextToken), succeeded)
    return { pipelineExecutionSummaries: page.rows.map(executionSummary), ...next(page.next) }
  },
}
