import type { State } from '../../preload/contract/base.ts'
import type { Definition, ExecutionSummary } from '../../preload/contract/pipelines.ts'
import { stateOf } from '../aws/fromSdk/parts.ts'
import type { LiveStage, LiveState } from '../aws/liveState.ts'
import type { Known } from './known.ts'

/** Words of AWS for what is still in progress. */
const moving = new Set(['InProgress', 'Stopping'])

export function stageState(stage: LiveStage): State {
  if (!stage.latest) return 'notRun'
  if (moving.has(stage.latest.status) && stage.actions.some(({ waiting }) => waiting)) return 'waiting'
  return stateOf(stage.latest.status)
}

export const ended = (state: State): boolean => state !== 'running' && state !== 'waiting'

/** Executions whose stage holds an approval that waits are themselves waiting; lists say only InProgress. */
export function withWaiting(executions: readonly ExecutionSummary[], live: LiveState | undefined): ExecutionSummary[] {
  const waiting = new Set(
    (live?.stages ?? []).flatMap(stage => (stageState(stage) === 'waiting' ? (stage.latest?.executionId ?? []) : [])),
  )
  return executions.map(execution =>
    execution.state === 'running' && waiting.has(execution.id) ? { ...execution, state: 'waiting' } : execution,
  )
}

/**
 * One state for the whole pipeline: a failure of the newest execution first, then whoever waits for a person, then
 * what runs, else how the newest one ended.
 */
export function pipelineState(executions: readonly ExecutionSummary[], live: LiveState | undefined): State {
  const newest = executions[0]?.state
  if (newest === 'failed') return 'failed'
  const states = [...executions.map(({ state }) => state), ...(live?.stages ?? []).map(stageState)]
  if (states.includes('waiting')) return 'waiting'
  if (executions.some(({ state }) => state === 'running')) return 'running'
  return newest ?? 'notRun'
}

/**
 * Something is at work in it. An execution that waits for a person, or before a closed gate, may stay so for days; only
 * a PARALLEL pipeline has no stages to tell the difference.
 */
export function isMoving({ listed, live, executions }: Pick<Known, 'listed' | 'live' | 'executions'>): boolean {
  if (!live || listed.mode === 'PARALLEL') return withWaiting(executions, live).some(({ state }) => state === 'running')
  return live.stages.some(stage => stageState(stage) === 'running')
}

/**
 * Whether a list of executions would tell more than the stages do: one of them is not listed yet, or is listed as going
 * on and sits in no stage any more, or goes on again after it had ended.
 */
export function listTellsMore(live: LiveState, executions: readonly ExecutionSummary[]): boolean {
  const listed = new Map(executions.map(({ id, state }) => [id, state]))
  const going = new Set<string>()
  for (const { latest, inbound } of live.stages) {
    for (const id of inbound) going.add(id)
    if (latest && moving.has(latest.status)) going.add(latest.executionId)
    if (latest && !listed.has(latest.executionId)) return true
  }
  for (const id of going) if (ended(listed.get(id) ?? 'stopped')) return true
  return executions.some(({ id, state }) => !ended(state) && !going.has(id))
}

/** AWS's timeout of a manual approval where the action has none of its own: 7 days (fact sheet, 3.2). */
const defaultApprovalMinutes = 7 * 24 * 60

export function approvalExpiry(
  definition: Definition | undefined,
  stage: string,
  action: string,
  since: string,
): string {
  const declared = definition?.stages
    .find(({ name }) => name === stage)
    ?.actions.find(({ name }) => name === action)?.timeoutInMinutes
  return new Date(Date.parse(since) + (declared ?? defaultApprovalMinutes) * 60_000).toISOString()
}
