import { entityName, nextToken, oneOf, pageSize, structure, uuid } from './constraints.ts'

/** Input of the two lists of what happened inside of executions. */
export const historyInput = structure({
  pipelineName: entityName(),
  filter: structure({
    pipelineExecutionId: uuid().optional(),
    latestInPipelineExecution: structure({
      pipelineExecutionId: uuid(),
      startTimeRange: oneOf('Latest', 'All'),
    }).optional(),
  }).optional(),
  maxResults: pageSize(),
  nextToken: nextToken(),
})
