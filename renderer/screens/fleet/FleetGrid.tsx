import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { memo, type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useAccounts } from '../../stores/accounts.ts'
import { useFleetView } from '../../stores/fleetView.ts'
import { FailureLine } from './FailureLine.tsx'
import css from './FleetGrid.module.css'
import { GridHeader } from './GridHeader.tsx'
import { type Density, type Line, lineOf } from './lines.ts'
import { columns as gridColumns } from './order/columns.ts'
import { domId, type PlaceProps, Row } from './Row.tsx'
import { createSeats } from './seats.ts'
import { Tiles } from './Tiles.tsx'

export interface GridHandle {
  /** Brings the row into sight and the focus to the grid. */
  show: (id: string) => void
  /** How many lines are in sight. */
  page: () => number
}

export interface FleetGridProps {
  lines: readonly Line[]
  density: Density
  /** Tiles side by side. */
  columns: number
  scroller: React.RefObject<HTMLDivElement | null>
  ref: Ref<GridHandle>
}

const headerHeight = 30
/** Lines that are drawn beyond either edge, so that a wheel's notch finds them there. */
const overscan = 6
/** Lines that come at a time: what drawing costs besides the lines themselves is paid once for them. */
const step = 4

/**
 * The fleet as one grid. Only the lines in sight are in the document; the counts and indexes that screen readers are
 * told are those of the whole. The focus stays on the grid, which names its active row.
 */
export function FleetGrid({ lines, density, columns, scroller, ref }: FleetGridProps) {
  const grid = useRef<HTMLTableElement>(null)
  const [seats] = useState(createSeats)
  const cursor = useFleetView(state => state.cursor)
  const cursorLine = cursor === undefined ? -1 : lineOf(lines, cursor)
  const header = density === 'tiles' ? 0 : headerHeight
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here: the list must follow its scroll
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => lines[index]?.height ?? 0,
    // The same function for the same lines, or each scroll would measure all of them again.
    getItemKey: useCallback((index: number) => lines[index]?.key ?? index, [lines]),
    overscan,
    scrollMargin: header,
    scrollPaddingStart: header,
    // The active row stays in the document, or the grid could not name it.
    rangeExtractor: useCallback(
      (range: Range) => {
        const startIndex = Math.floor(range.startIndex / step) * step
        const endIndex = Math.min(range.count, Math.ceil((range.endIndex + 1) / step) * step) - 1
        const shown = defaultRangeExtractor({ ...range, startIndex, endIndex })
        return cursorLine < 0 || shown.includes(cursorLine) ? shown : [...shown, cursorLine].sort((a, b) => a - b)
      },
      [cursorLine],
    ),
  })
  useEffect(() => virtual.measure(), [virtual, density, columns])
  useImperativeHandle(ref, () => ({
    show: id => {
      const line = lineOf(lines, id)
      if (line >= 0) virtual.scrollToIndex(line)
      grid.current?.focus({ preventScroll: true })
    },
    page: () => (virtual.range ? Math.max(1, virtual.range.endIndex - virtual.range.startIndex) : 1),
  }))

  const items = new Map(virtual.getVirtualItems().map(item => [item.index, item]))
  const drawn = seats([...items.keys()], !virtual.isScrolling)

  return (
    <table
      ref={grid}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- ARIA has it so: a table with a cursor is a grid
      role="grid"
      className={css.grid}
      data-density={density}
      tabIndex={0}
      aria-label="Pipelines"
      aria-rowcount={lines.length + (header === 0 ? 0 : 1)}
      aria-colcount={density === 'tiles' ? columns : gridColumns.length}
      aria-multiselectable
      aria-activedescendant={cursorLine < 0 || cursor === undefined ? undefined : domId(cursor)}
    >
      {header > 0 && <GridHeader />}
      <tbody className={css.body} style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ line: index, seat }) => {
          const [line, item] = [lines[index], items.get(index)]
          if (!line || !item) return null
          return (
            <LineOf
              key={seat}
              line={line}
              columns={columns}
              density={density}
              top={item.start - header}
              height={item.size}
              rowIndex={index + (header === 0 ? 1 : 2)}
            />
          )
        })}
      </tbody>
    </table>
  )
}

interface LineOfProps extends PlaceProps {
  line: Line
  density: Density
  columns: number
}

/** Only what comes into sight is drawn: the other lines go on as they are. */
const LineOf = memo(function LineOf({ line, columns, density, ...place }: LineOfProps) {
  switch (line.kind) {
    case 'problem':
      return <FailureLine problem={line.problem} {...place} />
    case 'group':
      return <GroupLine title={line.title} size={line.size} {...place} />
    case 'rows': {
      if (density === 'tiles') return <Tiles ids={line.ids} columns={columns} {...place} />
      const [id] = line.ids
      return id === undefined ? null : <Row id={id} {...place} />
    }
  }
})

function GroupLine({ title, size, top, height, rowIndex }: PlaceProps & { title: string; size: number }) {
  const account = useAccounts(({ accounts }) => accounts.find(({ name }) => name === title))
  return (
    <tr
      className={css.group}
      style={{ height, transform: `translateY(${top}px)` }}
      aria-rowindex={rowIndex}
      data-env={account?.environment}
      data-band={account?.band}
    >
      <td aria-colspan={gridColumns.length}>
        <b>{title}</b> {size}
      </td>
    </tr>
  )
}
