import type { Account } from '../../preload/contract/accounts.ts'
import type { FailureShape } from '../../preload/contract/base.ts'
import type { PipelineRow } from '../../preload/contract/pipelines.ts'
import { type FleetState, rowId } from './fleet.ts'

/** Why nothing is asked in an account any more, by account. */
export type Stopped = ReadonlyMap<string, FailureShape>

/** The same map again where nothing changed: accounts are told whole, and often. */
export function stoppedOf(accounts: readonly Account[], before: Stopped): Stopped {
  const now = new Map(
    accounts.flatMap(({ id, session }): [string, FailureShape][] =>
      session.state === 'expired' || session.state === 'unusable' ? [[id, session.failure]] : [],
    ),
  )
  const same = now.size === before.size && [...now].every(([id, { code }]) => before.get(id)?.code === code)
  return same ? before : now
}

/**
 * The fleet with the rows of accounts that stopped: they stay as they were last seen, and say why they are no fresher.
 * `before` is what was said so far: it is taken back from the rows of accounts that go on.
 */
export function withStopped(fleet: FleetState, before: Stopped, now: Stopped): FleetState {
  if (before.size === 0 && now.size === 0) return fleet
  const said = new Set<unknown>(before.values())
  const shown = (row: PipelineRow): PipelineRow => {
    const { problem, ...rest } = row
    const told = problem !== undefined && !said.has(problem) ? problem : undefined
    const next = told ?? now.get(row.key.account)
    if (next === problem) return row
    return next === undefined ? rest : { ...rest, problem: next }
  }
  const rows = [...fleet.rows.values()].map(shown)
  if (rows.every(row => fleet.rows.get(rowId(row.key)) === row)) return fleet
  return { ...fleet, rows: new Map(rows.map(row => [rowId(row.key), row])) }
}
