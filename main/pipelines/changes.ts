import { isDeepStrictEqual } from 'node:util'
import type { PipelineKey, PipelineRow, PipelineView } from '../../preload/contract/pipelines.ts'
import { ended } from './states.ts'

export interface RowChanges {
  changed: PipelineRow[]
  removed: PipelineKey[]
}

/**
 * What somebody who was told `told` does not know yet. Rows are values: the same object is the same row. A row of which
 * only the age moved is told again where `showsAge` says that its age shows.
 */
export function rowChanges(
  told: ReadonlyMap<string, PipelineRow>,
  rows: ReadonlyMap<string, PipelineRow>,
  showsAge: (key: PipelineKey) => boolean,
): RowChanges {
  const changed: PipelineRow[] = []
  for (const [id, row] of rows) {
    const known = told.get(id)
    if (known === row) continue
    const tolerance = showsAge(row.key) ? 1 : Number.POSITIVE_INFINITY
    if (known === undefined || rowDiffers(known, row, tolerance)) changed.push(row)
  }
  const removed = [...told].flatMap(([id, row]) => (rows.has(id) ? [] : [row.key]))
  return { changed, removed }
}

/** Whether a row says something new, or is older by `tolerance` ms than what is known. */
export function rowDiffers(known: PipelineRow, row: PipelineRow, tolerance: number): boolean {
  const older = Date.parse(row.asOf) - Date.parse(known.asOf)
  return older >= tolerance || !(isOnlyOlder(known, row) || isDeepStrictEqual(ageless(known), ageless(row)))
}

/** Rows of which nothing but the age is new share the rest. */
function isOnlyOlder(known: PipelineRow, row: PipelineRow): boolean {
  const members = Object.keys(known) as (keyof PipelineRow)[]
  return (
    members.length === Object.keys(row).length &&
    members.every(member => member === 'asOf' || known[member] === row[member])
  )
}

/** Whether the row says the very same as one that is held, but for its age; one from the store has another order within. */
export const isSameButOlder = (held: PipelineRow, row: PipelineRow): boolean =>
  isDeepStrictEqual({ ...held, asOf: row.asOf }, row)

/** A row without what only grows with time: its age, and how long the unfinished took so far. */
function ageless(row: PipelineRow): PipelineRow {
  const { durationMs, ...rest } = row
  const finished = row.execution !== undefined && ended(row.execution.state)
  return {
    ...rest,
    asOf: '',
    recent: row.recent.map(each => (ended(each.state) ? each : { ...each, durationMs: 0 })),
    ...(finished && { durationMs }),
  }
}

/** A view without what only grows with time. */
function agelessView(view: PipelineView): PipelineView {
  return {
    ...view,
    asOf: '',
    row: ageless(view.row),
    stages: view.stages.map(({ durationMs, ...stage }) => ({
      ...stage,
      ...(ended(stage.state) && { durationMs }),
      actions: stage.actions.map(({ durationMs, ...action }) => ({
        ...action,
        ...(ended(action.state) && { durationMs }),
      })),
    })),
  }
}

/** Whether a reader who was told `told` needs `view`: something changed, or the age that was told grew too old. */
export function viewWorthTelling(told: PipelineView, view: PipelineView): boolean {
  const tolerance = view.row.state === 'running' ? 1_000 : 5_000
  const older = Date.parse(view.asOf) - Date.parse(told.asOf)
  return older >= tolerance || !isDeepStrictEqual(agelessView(told), agelessView(view))
}
