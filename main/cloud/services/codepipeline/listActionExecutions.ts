import type { ListActionExecutionsInput, ListActionExecutionsOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { actionExecutionView } from './actionExecutionView.ts'
import { checked } from './constraints.ts'
import { cursors } from './cursors.ts'
import { executionNotFound } from './getPipelineExecution.ts'
import { historyInput } from './historyFilter.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'
import { secretKeysIn } from './secrets.ts'

/** Every attempt of every action, newest first; with a filter those of one execution. */
export const listActionExecutions: Operation<CodePipeline, ListActionExecutionsInput, ListActionExecutionsOutput> = {
  resources: ({ pipelineName }, call) => resource(call, pipelineName),
  run(service, input, call) {
    const { pipelineName, filter, maxResults = 100, nextToken } = checked(historyInput, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    const { from, next } = cursors(service.pageTokens, 'ListActionExecutions', pipeline, filter)
    const { history } = service.runner
    const secretsOf = secretKeysIn(service.customTypes, pipeline)
    const latest = filter?.latestInPipelineExecution
    const execution = filter?.pipelineExecutionId ?? latest?.pipelineExecutionId
    if (execution !== undefined && !history.execution(pipeline.id, execution)) {
      throw executionNotFound(pipelineName, execution)
    }
    const page = history.actions(pipeline.id, maxResults, from(nextToken), {
      ...(execution !== undefined && { execution }),
      latestOnly: latest?.startTimeRange === 'Latest',
    })
    return {
      actionExecutionDetails: page.rows.map(row =>
        actionExecutionView(
          row,
          service.definitions.version(pipeline, row.version)?.declaration,
          pipeline.region,
          secretsOf,
        ),
      ),
      ...next(page.next),
    }
  },
}
