import { create } from 'zustand'
import type { Grouping } from '../screens/fleet/order/arrange.ts'
import { type ColumnId, defaultSort, type Sort } from '../screens/fleet/order/columns.ts'

/** How the fleet is looked at; lives as long as the window. */
export interface FleetView {
  sort: Sort
  grouping: Grouping
  /** The row that keys act on. */
  cursor: string | undefined
  /** Where a range began that is being marked. */
  anchor: string | undefined
  marked: ReadonlySet<string>
}

export const useFleetView = create<FleetView>(() => ({
  sort: defaultSort,
  grouping: 'none',
  cursor: undefined,
  anchor: undefined,
  marked: new Set(),
}))

/** Sorts by a column; by the same column again, the other way round. */
export function sortBy(column: ColumnId) {
  useFleetView.setState(({ sort }) => ({
    sort: {
      column,
      direction: sort.column === column && sort.direction === 'ascending' ? 'descending' : 'ascending',
    },
  }))
}

export function setCursor(cursor: string | undefined) {
  useFleetView.setState({ cursor, anchor: undefined })
}

/** Marks a row, or takes its mark away. */
export function toggleMark(id: string) {
  useFleetView.setState(({ marked }) => {
    const next = new Set(marked)
    if (!next.delete(id)) next.add(id)
    return { marked: next, anchor: id }
  })
}

/** Marks everything between the anchor (or the cursor) and `to`, and moves the cursor there. */
export function markRange(order: readonly string[], to: string) {
  useFleetView.setState(({ marked, cursor, anchor }) => {
    const from = anchor ?? cursor ?? to
    const [a, b] = [order.indexOf(from), order.indexOf(to)]
    if (a < 0 || b < 0) return { cursor: to }
    const range = order.slice(Math.min(a, b), Math.max(a, b) + 1)
    return { marked: new Set([...marked, ...range]), anchor: from, cursor: to }
  })
}

export function clearMarks() {
  useFleetView.setState({ marked: new Set(), anchor: undefined })
}
