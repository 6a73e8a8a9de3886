import type { ListRuleExecutionsInput, ListRuleExecutionsOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked } from './constraints.ts'
import { cursors } from './cursors.ts'
import { executionNotFound } from './getPipelineExecution.ts'
import { historyInput } from './historyFilter.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'
import { ruleExecutionView } from './ruleExecutionView.ts'

/** Every run of every condition's rules, newest first; with a filter those of one execution. */
export const listRuleExecutions: Operation<CodePipeline, ListRuleExecutionsInput, ListRuleExecutionsOutput> = {
  resources: ({ pipelineName }, call) => resource(call, pipelineName),
  run(service, input, call) {
    const { pipelineName, filter, maxResults = 100, nextToken } = checked(historyInput, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    const { from, next } = cursors(service.pageTokens, 'ListRuleExecutions', pipeline, filter)
    const { history } = service.runner
    const latest = filter?.latestInPipelineExecution
    const execution = filter?.pipelineExecutionId ?? latest?.pipelineExecutionId
    if (execution !== undefined && !history.execution(pipeline.id, execution)) {
      throw executionNotFound(pipelineName, execution)
    }
    const page = history.rules(pipeline.id, maxResults, from(nextToken), {
      ...(execution !== undefined && { execution }),
      latestOnly: latest?.startTimeRange === 'Latest',
    })
    return {
      ruleExecutionDetails: page.rows.map(row =>
        ruleExecutionView(row, service.definitions.version(pipeline, row.version)?.declaration, pipeline.region),
      ),
      ...next(page.next),
    }
  },
}
