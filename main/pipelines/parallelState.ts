import type { ActionDetail, Definition, ExecutionSummary } from '../../preload/contract/pipelines.ts'
import type { LiveState } from '../aws/liveState.ts'
import { latestAttempts } from './actionView.ts'
import { stageOfExecution } from './stageOfExecution.ts'

const statusOf: Partial<Record<string, string>> = {
  running: 'InProgress',
  waiting: 'InProgress',
  succeeded: 'Succeeded',
  failed: 'Failed',
  stopped: 'Stopped',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
}

/**
 * A PARALLEL pipeline has no state of its own (fact sheet, 3.1): its stages are shown as its newest execution has them.
 */
export function parallelState(
  definition: Definition,
  newest: ExecutionSummary | undefined,
  details: readonly ActionDetail[],
): LiveState {
  const of = newest ? details.filter(({ executionId }) => executionId === newest.id) : []
  return {
    version: definition.version,
    stages: definition.stages.map((stage, index) => {
      const attempts = of.filter(detail => detail.stage === stage.name)
      const later = new Set(definition.stages.slice(index + 1).map(({ name }) => name))
      const wentOn = of.some(detail => later.has(detail.stage))
      const status = statusOf[stageOfExecution({ definition: stage, attempts, execution: newest, wentOn })]
      return {
        name: stage.name,
        inbound: [],
        transition: { open: true },
        conditions: [],
        retries: 0,
        actions: latestAttempts(attempts).map(({ detail }) => ({
          name: detail.action,
          waiting: detail.state === 'waiting',
          actionExecutionId: detail.actionExecutionId,
          status: statusOf[detail.state] === 'Stopped' ? 'Abandoned' : (statusOf[detail.state] ?? detail.state),
          changedAt: detail.updatedAt,
        })),
        ...(newest && status !== undefined && { latest: { executionId: newest.id, status, type: newest.type } }),
      }
    }),
  }
}
