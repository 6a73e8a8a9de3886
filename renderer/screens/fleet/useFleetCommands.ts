import type { RefObject } from 'react'
import { count } from '../../format/ids.ts'
import { type Command, useCommands } from '../../stores/commands.ts'
import { useFleet } from '../../stores/fleet.ts'
import { clearMarks, markRange, setCursor, toggleMark, useFleetView } from '../../stores/fleetView.ts'
import { go } from '../../stores/route.ts'
import { copyNames } from './copyNames.ts'
import type { GridHandle } from './FleetGrid.tsx'
import { step } from './lines.ts'

export interface FleetCommandsProps {
  /** What is shown, in its order. */
  order: readonly string[]
  /** Tiles side by side; 1 for rows and lines. */
  columns: number
  pending: number
  apply: () => void
  grid: RefObject<GridHandle | null>
  filter: RefObject<HTMLInputElement | null>
}

/** The fleet's keys. */
export function useFleetCommands({ order, columns, pending, apply, grid, filter }: FleetCommandsProps) {
  const cursor = useFleetView(state => state.cursor)
  const marked = useFleetView(state => state.marked)
  const to = (id: string | undefined) => {
    if (id === undefined) return
    setCursor(id)
    grid.current?.show(id)
  }
  const by = (lines: number) => to(step(order, cursor, lines))
  const range = (lines: number) => {
    const id = step(order, cursor, lines)
    if (id === undefined) return
    markRange(order, id)
    grid.current?.show(id)
  }
  const key = (id: string, title: string, keys: Command['keys'], run: () => void): Command => ({
    id: `fleet-${id}`,
    title,
    group: 'Fleet',
    ...(keys !== undefined && { keys }),
    keyOnly: true,
    run,
  })
  const none = 'No row is chosen: J or K chooses one.'

  useCommands([
    key('filter', 'Filter', '/', () => {
      filter.current?.focus()
      filter.current?.select()
    }),
    key('next', 'Next', ['J', ...(columns === 1 ? ['ArrowDown'] : ['ArrowRight'])], () => by(1)),
    key('previous', 'Previous', ['K', ...(columns === 1 ? ['ArrowUp'] : ['ArrowLeft'])], () => by(-1)),
    ...(columns === 1
      ? []
      : [
          key('below', 'The tile below', 'ArrowDown', () => by(columns)),
          key('above', 'The tile above', 'ArrowUp', () => by(-columns)),
        ]),
    key('first', 'First', 'Home', () => to(order[0])),
    key('last', 'Last', 'End', () => to(order.at(-1))),
    key('page-down', 'A page down', 'PageDown', () => by((grid.current?.page() ?? 10) * columns)),
    key('page-up', 'A page up', 'PageUp', () => by(-(grid.current?.page() ?? 10) * columns)),
    key('open', 'Open', 'Enter', () => {
      const row = cursor === undefined ? undefined : useFleet.getState().rows.get(cursor)
      if (row) go({ screen: 'pipeline', key: row.key, of: 'now' })
    }),
    key('mark', 'Mark', 'Space', () => cursor !== undefined && toggleMark(cursor)),
    key('range-down', 'Mark the range down', ['Shift+J', 'Shift+ArrowDown'], () => range(1)),
    key('range-up', 'Mark the range up', ['Shift+K', 'Shift+ArrowUp'], () => range(-1)),
    key('unmark', 'Take the marks away', 'Escape', clearMarks),
    {
      id: 'fleet-copy',
      title: marked.size > 0 ? `Copy ${count(marked.size, 'marked name')}` : 'Copy the name',
      group: 'Fleet',
      keys: 'Y',
      disabledBecause: marked.size === 0 && cursor === undefined ? none : undefined,
      run: copyNames,
    },
    {
      id: 'fleet-apply',
      title: 'Apply the changed order',
      group: 'Fleet',
      keys: 'O',
      disabledBecause: pending === 0 ? 'The order has not changed.' : undefined,
      run: apply,
    },
  ])
}
