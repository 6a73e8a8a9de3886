import type { Execution, PipelineState } from './model.ts'
import { keepWhere } from './records.ts'

/** PARALLEL: how many failed or stopped executions stay at hand for a retry. UNCONFIRMED: AWS names no limit. */
const retryableKept = 50

/** Drops ended executions that nothing refers to any more, and plans that nobody runs. */
export function sweep(state: PipelineState): PipelineState {
  const referred = new Set(Object.values(state.stages).map(stage => stage.latest))
  for (const id of retryable(state)) referred.add(id)
  const executions = keepWhere(state.executions, (id, { position }) => position.at !== 'ended' || referred.has(id))
  const versions = new Set([state.version])
  for (const id in executions) {
    const execution = executions[id]
    if (execution && execution.position.at !== 'ended') versions.add(execution.version)
  }
  const plans = keepWhere(state.plans, version => versions.has(Number(version)))
  return executions === state.executions && plans === state.plans ? state : { ...state, executions, plans }
}

/** PARALLEL executions are no stage's latest: those of the current version that a retry could take up again. */
function retryable(state: PipelineState): readonly string[] {
  const found: Execution[] = []
  for (const id in state.executions) {
    const execution = state.executions[id]
    if (execution?.mode !== 'PARALLEL' || execution.version !== state.version) continue
    if (execution.status === 'Failed' || execution.status === 'Stopped') found.push(execution)
  }
  if (found.length > retryableKept) found.sort((a, b) => b.updatedAt - a.updatedAt)
  return found.slice(0, retryableKept).map(execution => execution.id)
}
