import { entityName, executionId, nextToken, oneOf, pageSize, structure } from './constraints.ts'

/** Input of the two lists of what happened inside of executions. */
export const historyInput = structure({
  pipelineName: entityName(),
  filter: structure({
    pipelineExecutionId: executionId().optional(),
    latestInPipelineExecution: structure({
      pipelineExecutionId: executionId(),
      startTimeRange: oneOf('Latest', 'All'),
    }).optional(),
  }).optional(),
  maxResults: pageSize(),
  nextToken: nextToken(),
})
