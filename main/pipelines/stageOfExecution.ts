import type { State } from '../../preload/contract/base.ts'
import type { ActionDetail, ExecutionSummary, StageDefinition } from '../../preload/contract/pipelines.ts'
import { latestAttempts } from './actionView.ts'

export interface StageEvidence {
  definition: StageDefinition
  /** Every attempt of every action of the execution in this stage. */
  attempts: readonly ActionDetail[]
  execution: ExecutionSummary | undefined
  /** The execution has actions in a later stage. */
  wentOn: boolean
}

/** How a stage ended, or stands, for one execution: AWS lists no stage executions (fact sheet, 12.3). */
export function stageOfExecution({ definition, attempts, execution, wentOn }: StageEvidence): State {
  const latest = latestAttempts(attempts).map(({ detail }) => detail.state)
  if (latest.length === 0) {
    // A rollback enters one stage only; any other execution that went on without acting here was let past.
    return wentOn && execution?.type !== 'ROLLBACK' ? 'skipped' : 'notRun'
  }
  if (latest.includes('waiting')) return 'waiting'
  if (latest.includes('running')) return 'running'
  if (latest.includes('failed')) return 'failed'
  if (latest.includes('stopped')) return 'stopped'
  const complete = latest.length === definition.actions.length
  if (complete || wentOn) return 'succeeded'
  // Between two run orders, or the execution ended before the next one began.
  return execution?.state ?? 'running'
}
