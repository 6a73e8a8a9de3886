import { abandonAction } from './actions.ts'
import { abandonConditions } from './conditions.ts'
import type { Draft } from './draft.ts'
import { endExecution, endPassage } from './ending.ts'
import type { PipelineEvent } from './model.ts'
import { own } from './records.ts'

/**
 * StopPipelineExecution (fact sheet, 3.3). Waiting: running actions end by themselves, nothing new starts. Abandoning:
 * they are given up at once, their outside work goes on. A wait may be turned into an abandon.
 */
export function stopExecution(draft: Draft, event: PipelineEvent & { kind: 'stopRequested' }): void {
  const { executionId: id, abandon, by } = event
  const execution = draft.execution(id)
  if (!execution || execution.position.at === 'ended' || (execution.stop && !abandon)) return
  const reason = event.reason ?? execution.stop?.reason
  draft.patchExecution(id, { stop: { abandon, ...(reason !== undefined && { reason }), by, at: draft.at } })
  if (execution.position.at === 'waiting') return endExecution(draft, id, 'Stopped')
  const { stage } = execution.position
  if (!execution.stop) {
    draft.patchExecution(id, { status: 'Stopping' })
    draft.announce({ level: 'Pipeline', executionId: id, state: 'STOPPING' })
    endPassage(draft, id, stage, 'Stopping')
    abandonConditions(draft, id, stage, 'Abandoned')
  }
  if (abandon) {
    for (const action of Object.values(own(execution.stages, stage)?.actions ?? {})) {
      if (action.status === 'InProgress') abandonAction(draft, action, by)
    }
  }
  draft.advanceLater(id)
}
