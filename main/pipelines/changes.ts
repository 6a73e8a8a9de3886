import type { PipelineKey, PipelineRow, PipelineView } from '../../preload/contract/pipelines.ts'
import { ended } from './states.ts'

/** How old the told age of an unchanged row may get; it shows only once the row can't be asked for any more. ms */
const toldAge = 60_000

export interface RowChanges {
  changed: PipelineRow[]
  removed: PipelineKey[]
}

/**
 * What somebody who was told `told` does not know yet. Rows are values: the same object is the same row. A row of which
 * only the age moved is told again now and then.
 */
export function rowChanges(told: ReadonlyMap<string, PipelineRow>, rows: ReadonlyMap<string, PipelineRow>): RowChanges {
  const changed: PipelineRow[] = []
  for (const [id, row] of rows) {
    const known = told.get(id)
    if (known !== row && (known === undefined || rowDiffers(known, row, toldAge))) changed.push(row)
  }
  const removed = [...told].flatMap(([id, row]) => (rows.has(id) ? [] : [row.key]))
  return { changed, removed }
}

/** Whether a row says something new, or is older by `tolerance` ms than what is known. */
export function rowDiffers(known: PipelineRow, row: PipelineRow, tolerance: number): boolean {
  const older = Date.parse(row.asOf) - Date.parse(known.asOf)
  return older >= tolerance || !(isOnlyOlder(known, row) || same(ageless(known), ageless(row)))
}

/** Rows of which nothing but the age is new share the rest. */
function isOnlyOlder(known: PipelineRow, row: PipelineRow): boolean {
  const members = Object.keys(known) as (keyof PipelineRow)[]
  return (
    members.length === Object.keys(row).length &&
    members.every(member => member === 'asOf' || known[member] === row[member])
  )
}

/** Whether the row says the very same as one that is held, but for its age. */
export const isSameButOlder = (held: PipelineRow, row: PipelineRow): boolean => same({ ...held, asOf: row.asOf }, row)

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
  return older >= tolerance || !same(agelessView(told), agelessView(view))
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
