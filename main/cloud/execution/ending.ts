import type { Draft } from './draft.ts'
import { admit, leaveLine, unlock } from './entering.ts'
import type { ExecutionStatus, StageStatus, StateChange } from './model.ts'

type Ended = Exclude<ExecutionStatus, 'InProgress' | 'Stopping' | 'Superseded'>

const announced = { Cancelled: 'CANCELED', Stopped: 'STOPPED', Succeeded: 'SUCCEEDED', Failed: 'FAILED' } as const

/** Ends an execution wherever it stands, and lets the next one into the stage that it leaves. */
export function endExecution(draft: Draft, id: string, status: Ended): void {
  const position = draft.execution(id)?.position
  closeExecution(draft, id, status)
  if (position?.at === 'inside') admit(draft, position.stage)
}

/** Ends an execution; whoever calls it decides who gets the stage that it leaves. */
export function closeExecution(draft: Draft, id: string, status: Ended): void {
  const execution = draft.execution(id)
  if (!execution || execution.position.at === 'ended') return
  const { position } = execution
  leaveLine(draft, execution)
  draft.patchExecution(id, { status, position: { at: 'ended' } })
  draft.announce({ level: 'Pipeline', executionId: id, state: announced[status] })
  if (position.at === 'inside') unlock(draft, id, position.stage)
}

/** Ends the execution's passage through a stage. EventBridge has no state for a skipped one (fact sheet, section 9). */
export function endPassage(draft: Draft, id: string, stage: string, status: Exclude<StageStatus, 'InProgress'>): void {
  draft.patchPassage(id, stage, { status })
  const state: Record<typeof status, (StateChange & { level: 'Stage' })['state'] | undefined> = {
    Cancelled: 'CANCELED',
    Failed: 'FAILED',
    Stopped: 'STOPPED',
    Stopping: 'STOPPING',
    Succeeded: 'SUCCEEDED',
    Skipped: undefined,
  }
  const change = state[status]
  if (change) draft.announce({ level: 'Stage', executionId: id, stage, state: change })
}
