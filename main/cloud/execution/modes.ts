import type { ExecutionMode, PipelineState, StageState } from './model.ts'

/** QUEUED and PARALLEL: executions that run or wait at the same time (fact sheet, 11.1). */
export const concurrentExecutions = 50
/** PARALLEL: actions of one execution that run at the same time. */
export const concurrentActions = 5

/** Do executions of this mode take turns in a stage? */
export function takesTurns(mode: ExecutionMode): boolean {
  return mode !== 'PARALLEL'
}

/** May no further execution start? SUPERSEDED has no limit: waiting ones replace one another. */
export function isFull(state: PipelineState, mode: ExecutionMode): boolean {
  if (mode === 'SUPERSEDED') return false
  let live = 0
  for (const id in state.executions) if (state.executions[id]?.position.at !== 'ended') live++
  return live >= concurrentExecutions
}

/** How many more actions an execution may start now. */
export function room(mode: ExecutionMode, inProgress: number): number {
  return mode === 'PARALLEL' ? Math.max(0, concurrentActions - inProgress) : Number.POSITIVE_INFINITY
}

/**
 * Who waits before a stage once `id` has arrived, and whom it replaced. SUPERSEDED has one waiting slot, which the
 * newer execution takes from its `rivals`; QUEUED has a line that nothing overtakes.
 */
export function line(
  mode: ExecutionMode,
  inbound: readonly string[],
  rivals: readonly string[],
  id: string,
): { inbound: readonly string[]; superseded: readonly string[] } {
  const superseded = mode === 'SUPERSEDED' ? rivals : []
  return { inbound: [...inbound.filter(other => !superseded.includes(other)), id], superseded }
}

/**
 * May who waits enter now? Its inbound transition must be open and, where executions take turns, its lock free.
 * UNCONFIRMED for PARALLEL: AWS does not say whether a closed transition holds its executions; a freeze that does not
 * hold would be the greater surprise.
 */
export function mayEnter(stage: StageState, mode: ExecutionMode): boolean {
  return stage.inboundTransition.enabled && (stage.holder === undefined || !takesTurns(mode))
}
