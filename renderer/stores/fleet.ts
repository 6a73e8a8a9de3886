import { create } from 'zustand'
import type { FailureShape } from '../../preload/contract/base.ts'
import type { FleetProblem, FleetUpdate, PipelineKey, PipelineRow } from '../../preload/contract/pipelines.ts'

/** A row's identity within the fleet. */
export const rowId = ({ account, region, name }: PipelineKey): string => `${account}/${region}/${name}`

export interface FleetState {
  rows: ReadonlyMap<string, PipelineRow>
  problems: readonly FleetProblem[]
  /** True until every account and region has been listed once, ever. */
  loading: boolean
  /** ISO 8601; undefined until main has told anything. */
  asOf: string | undefined
  /** Why main does not tell the fleet. */
  failure: FailureShape | undefined
}

export const emptyFleet: FleetState = {
  rows: new Map(),
  problems: [],
  loading: true,
  asOf: undefined,
  failure: undefined,
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * The fleet after an update. What did not change stays the same object, so that only what changed is drawn again: of a
 * patch's rows by what it leaves out, of a snapshot's (after a reconnect) and of the problems by comparing.
 */
export function takeUpdate(state: FleetState, update: FleetUpdate): FleetState {
  const { loading, asOf } = update
  const problems = same(state.problems, update.problems) ? state.problems : update.problems
  const known = { problems, loading, asOf, failure: undefined }
  switch (update.kind) {
    case 'snapshot':
      return { ...known, rows: new Map(update.rows.map(row => [rowId(row.key), sameOr(state, row)])) }
    case 'patch': {
      if (update.changed.length === 0 && update.removed.length === 0) return { ...state, ...known }
      const rows = new Map(state.rows)
      for (const key of update.removed) rows.delete(rowId(key))
      for (const row of update.changed) rows.set(rowId(row.key), row)
      return { ...known, rows }
    }
  }
}

function sameOr({ rows }: FleetState, row: PipelineRow): PipelineRow {
  const held = rows.get(rowId(row.key))
  return held !== undefined && same(held, row) ? held : row
}

/** Whether what is shown may no longer be so: main says stale, or the row could not be refreshed. */
export const isStale = (row: PipelineRow): boolean => row.state === 'stale' || row.problem !== undefined

export const useFleet = create<FleetState>(() => emptyFleet)
