import type { CostBasis, CostQuery, Month } from '../../preload/contract/cost.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Clock } from '../base/clock.ts'
import type { LoadedPast, LoadPast } from '../metrics/loadPast.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { Store } from '../store/store.ts'
import { elapsedShare, monthsUntil, spanOfMonth } from './months.ts'
import { type PipelineMonth, pipelineMonth } from './pipelineMonth.ts'
import type { ProjectMachines } from './projectMachines.ts'

export interface LoadMonthsOptions {
  store: Pick<Store, 'history'>
  accounts: Pick<Accounts, 'get'>
  pipelines: Pick<Pipelines, 'fleet'>
  clock: Clock
  loadPast: LoadPast
  machines: ProjectMachines
}

/** The pipelines of one account over some months. */
export interface LoadedAccount {
  account: string
  loaded: readonly LoadedPast[]
  /** Each pipeline's use in that month. */
  of(month: Month): PipelineMonth[]
  /** Oldest first, the asked one last. */
  months: Month[]
  basis: CostBasis
  /** Of one of the pipelines alone, by its place. */
  basisAt(index: number): CostBasis
}

/** Reads what an account used, from the store. */
export function createLoadMonths({ store, accounts, pipelines, clock, loadPast, machines }: LoadMonthsOptions) {
  const basisOf = (loaded: readonly LoadedPast[], month: Month, account: string): CostBasis => {
    const span = spanOfMonth(month)
    const within = (at: number) => at >= span.from && at < span.to
    const executions = loaded.flatMap(({ past }) =>
      past.executions.filter(({ startedAt }) => within(Date.parse(startedAt))),
    )
    return {
      asOf: new Date(clock.now()).toISOString(),
      executions: executions.length,
      sampleExecutions: executions.filter(({ sample }) => sample).length,
      leftOut: loaded.flatMap(({ leftOut }) => leftOut.filter(within)).length,
      incomplete: loaded.flatMap(({ past, knownSince }) => (knownSince <= span.from ? [] : past.key)),
      localCloud: accounts.get(account)?.source.kind === 'localCloud',
      running: elapsedShare(span, clock.now()) < 1,
    }
  }
  return async ({ month, sampleData }: CostQuery, account: string, count: number): Promise<LoadedAccount> => {
    const months = monthsUntil(month, count)
    const rows = [...pipelines.fleet().values()].filter(({ key }) => key.account === account)
    const first = spanOfMonth(months[0] ?? month)
    const keys = rows.map(({ key }): PipelineKey => key)
    const loaded = await loadPast(keys, { from: first.from, to: spanOfMonth(month).to }, sampleData)
    const projects = await machines(loaded.map(({ past }) => past))
    return {
      account,
      loaded,
      months,
      basis: basisOf(loaded, month, account),
      basisAt: index => basisOf(loaded.slice(index, index + 1), month, account),
      of: each =>
        loaded.map(({ past }, index) =>
          pipelineMonth(past, rows[index]?.type ?? 'V2', store.history.mark(past.key), spanOfMonth(each), projects),
        ),
    }
  }
}
/** One basis for several accounts. */
export function together(bases: readonly CostBasis[], now: number): CostBasis {
  const count = (of: (basis: CostBasis) => number) => bases.reduce((total, basis) => total + of(basis), 0)
  return {
    asOf: bases[0]?.asOf ?? new Date(now).toISOString(),
    executions: count(({ executions }) => executions),
    sampleExecutions: count(({ sampleExecutions }) => sampleExecutions),
    leftOut: count(({ leftOut }) => leftOut),
    incomplete: bases.flatMap(({ incomplete }) => incomplete),
    localCloud: bases.length > 0 && bases.every(({ localCloud }) => localCloud),
    running: bases.some(({ running }) => running),
  }
}
