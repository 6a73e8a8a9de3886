import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { LedgerEntry } from '../../../../preload/contract/audit.ts'
import { useZone } from '../../../stores/settings.ts'
import type { Look } from '../auditQuery.ts'
import { domId, EntryRow } from './EntryRow.tsx'
import { type Line, linesOf } from './lines.ts'
import css from './list.module.css'

export interface ListHandle {
  /** Brings the entry into sight and the focus to the list. */
  show: (id: number) => void
}

export interface EntryListProps {
  entries: readonly LedgerEntry[]
  /** There are older ones. */
  more: boolean
  onMore: () => void
  selected: number | undefined
  onSelect: (id: number) => void
  look: Look
  ref: Ref<ListHandle>
}

const height = { timeline: { entry: 48, day: 28 }, table: { entry: 30, day: 0 } } as const
const headerHeight = 28
/** What stays in sight above the lines: a table's header, or the day of the topmost line. */
const above = { timeline: height.timeline.day, table: headerHeight } as const
const overscan = 8
/** The next page is asked for this many lines before the last one is seen. */
const readAhead = 60

/** The entries as one grid, of which only what is in sight is in the document; older ones come as it is scrolled. */
export function EntryList({ entries, more, onMore, selected, onSelect, look, ref }: EntryListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const zone = useZone()
  const lines = useMemo(() => linesOf(entries, zone, look === 'timeline'), [entries, zone, look])
  const selectedLine = lines.findIndex(line => line.kind === 'entry' && line.entry.id === selected)
  const header = look === 'table' ? headerHeight : 0
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here: the list must follow its scroll
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => height[look][lines[index]?.kind ?? 'entry'],
    getItemKey: index => keyOf(lines[index], index),
    overscan,
    scrollMargin: header,
    scrollPaddingStart: above[look],
    // The selected row stays in the document, or the grid could not name it.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range)
        return selectedLine < 0 || shown.includes(selectedLine) ? shown : [...shown, selectedLine].sort((a, b) => a - b)
      },
      [selectedLine],
    ),
  })
  useEffect(() => virtual.measure(), [virtual, look])
  const items = virtual.getVirtualItems()
  const end = virtual.range?.endIndex ?? 0
  const day = look === 'timeline' ? dayAt(lines, virtual.range?.startIndex ?? 0) : undefined
  useEffect(() => {
    if (more && end > lines.length - readAhead) onMore()
  }, [more, end, lines.length, onMore])
  useImperativeHandle(ref, () => ({
    show: id => {
      const line = lines.findIndex(each => each.kind === 'entry' && each.entry.id === id)
      if (line >= 0) virtual.scrollToIndex(line)
      grid.current?.focus({ preventScroll: true })
    },
  }))
  return (
    <div ref={scroller} className={css.scroller}>
      {day !== undefined && (
        <p className={css.stuck} aria-hidden>
          {day}
        </p>
      )}
      <table
        ref={grid}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- ARIA has it so: a table with a cursor is a grid
        role="grid"
        className={css.grid}
        data-look={look}
        tabIndex={0}
        aria-label="Ledger entries"
        // How many there are beyond what is loaded nobody has counted.
        aria-rowcount={more ? -1 : lines.length + (header > 0 ? 1 : 0)}
        aria-colcount={5}
        aria-activedescendant={selectedLine < 0 || selected === undefined ? undefined : domId(selected)}
      >
        {header > 0 && (
          <thead>
            <tr className={css.header} aria-rowindex={1}>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col">Who</th>
              <th scope="col">Account</th>
              <th scope="col">Pipeline</th>
            </tr>
          </thead>
        )}
        <tbody className={css.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start, size, key }) => {
            const line = lines[index]
            if (!line) return null
            const place = { top: start - header, height: size, rowIndex: index + (header > 0 ? 2 : 1) }
            return line.kind === 'day' ? (
              <DayLine key={key} day={line.day} {...place} />
            ) : (
              <EntryRow
                key={key}
                entry={line.entry}
                zone={zone}
                selected={line.entry.id === selected}
                onSelect={onSelect}
                withDay={look === 'table'}
                {...place}
              />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const keyOf = (line: Line | undefined, index: number) =>
  line === undefined ? index : line.kind === 'day' ? line.day : line.entry.id

/** The day that a line belongs to: its own, or the nearest above it. */
function dayAt(lines: readonly Line[], index: number): string | undefined {
  const line = lines.slice(0, index + 1).findLast(each => each.kind === 'day')
  return line?.kind === 'day' ? line.day : undefined
}

function DayLine({ day, top, height, rowIndex }: { day: string; top: number; height: number; rowIndex: number }) {
  return (
    <tr className={css.day} style={{ height, transform: `translateY(${top}px)` }} aria-rowindex={rowIndex}>
      <td aria-colspan={5}>{day}</td>
    </tr>
  )
}
