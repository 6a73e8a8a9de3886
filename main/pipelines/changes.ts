import type { PipelineKey, PipelineRow } from '../../preload/contract/pipelines.ts'

/** How old the told age of an unchanged row may get. ms */
const ageTolerance = 10_000

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
    if (known !== row && (known === undefined || worthTelling(known, row))) changed.push(row)
  }
  const removed = [...told].flatMap(([id, row]) => (rows.has(id) ? [] : [row.key]))
  return { changed, removed }
}

function worthTelling(known: PipelineRow, row: PipelineRow): boolean {
  return Date.parse(row.asOf) - Date.parse(known.asOf) >= ageTolerance || !sameBut('asOf', known, row)
}

/** True where two values say the same but for one member. */
export function sameBut<T extends object>(member: keyof T, a: T, b: T): boolean {
  return JSON.stringify({ ...a, [member]: undefined }) === JSON.stringify({ ...b, [member]: undefined })
}
