import type { Account } from '../../preload/contract/accounts.ts'
import type { PipelineRow } from '../../preload/contract/pipelines.ts'
import { between, usualDurations } from './history.ts'
import type { Known } from './known.ts'
import { approvalExpiry, ended, pipelineState, stageState, withWaiting } from './states.ts'

const mostRecent = 10

/** One row of the fleet from all that is known. Pure. */
export function rowOf(known: Known, account: Pick<Account, 'name' | 'environment'>): PipelineRow {
  const { key, listed, live, definition, asOf, problem } = known
  const executions = withWaiting(known.executions, live)
  const [newest] = executions
  const recent = executions.slice(0, mostRecent).reverse()
  const { medianMs } = usualDurations(recent)
  const waiting = (live?.stages ?? []).flatMap(stage =>
    stageState(stage) === 'waiting'
      ? stage.actions
          .filter(({ waiting }) => waiting)
          .map(action => {
            const since = action.changedAt ?? asOf
            return { since, expiresAt: approvalExpiry(definition, stage.name, action.name, since) }
          })
      : [],
  )
  const [firstWaiting] = waiting.sort((a, b) => a.expiresAt.localeCompare(b.expiresAt))
  return {
    key,
    accountName: account.name,
    environment: account.environment,
    state: live || executions.length > 0 ? pipelineState(executions, live) : 'stale',
    stages: live
      ? live.stages.map(stage => ({ name: stage.name, state: stageState(stage) }))
      : (definition?.stages ?? []).map(({ name }) => ({ name, state: 'notRun' as const })),
    version: listed.version,
    type: listed.type,
    mode: listed.mode,
    recent: recent.map(({ id, state, startedAt, updatedAt, sample }) => ({
      id,
      state,
      sample,
      durationMs: between(startedAt, ended(state) ? updatedAt : asOf),
    })),
    closedTransitions: (live?.stages ?? []).flatMap(stage => (stage.transition.open ? [] : stage.name)),
    asOf,
    ...(newest && {
      execution: newest,
      durationMs: between(newest.startedAt, ended(newest.state) ? newest.updatedAt : asOf),
    }),
    ...(medianMs !== undefined && { medianMs }),
    ...(firstWaiting && { waitingSince: firstWaiting.since, expiresAt: firstWaiting.expiresAt }),
    ...(problem && { problem }),
  }
}
