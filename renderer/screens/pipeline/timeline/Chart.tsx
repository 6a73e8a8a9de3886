import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, useRef, useState } from 'react'
import { formatDuration } from '../../../format/duration.ts'
import { Bars } from './Bars.tsx'
import { scaleOf, ticksOf } from './scale.ts'
import css from './timeline.module.css'
import { ambiguousNames, busyOf, type Waterfall } from './waterfall.ts'

/** px */
const axisHeight = 16
const rowHeight = 24
/** Rows that are drawn beyond either edge, so that a wheel's notch and the Tab key find them there. */
const overscan = 6

export interface ChartProps {
  drawn: Waterfall
  going: boolean
  now: number
}

/** The rows over their axis. Only those in sight are in the document: a pipeline may have 5,000 actions. */
export function Chart({ drawn, going, now }: ChartProps) {
  const { rows, from } = drawn
  const scale = useMemo(() => scaleOf(busyOf(drawn), drawn), [drawn])
  const ticks = useMemo(() => ticksOf(scale, drawn), [scale, drawn])
  const ambiguous = useMemo(() => ambiguousNames(rows), [rows])
  const at = (time: number) => `${(scale.at(time) * 100).toFixed(3)}%`
  const scroller = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState<number>()
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here: the list must follow its scroll
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: axisHeight,
    // The row with the focus stays in the document, or the focus would be lost.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range)
        return focused === undefined || focused >= range.count || shown.includes(focused)
          ? shown
          : [...shown, focused].sort((a, b) => a - b)
      },
      [focused],
    ),
  })
  return (
    <div ref={scroller} className={css.chart}>
      <div className={css.axis} aria-hidden>
        {ticks.map(after => (
          <span key={after} style={{ left: at(from + after) }}>
            {formatDuration(after)}
          </span>
        ))}
        {scale.breaks.map(gap => (
          <span key={gap.from} className={css.break} style={{ left: `${(gap.shownFrom + gap.shownTo) * 50}%` }}>
            {`// ${formatDuration(gap.to - gap.from)}`}
          </span>
        ))}
      </div>
      <div className={css.rows} style={{ height: virtual.getTotalSize() }}>
        <div className={css.grid} aria-hidden>
          {ticks.map(after => (
            <i key={after} style={{ left: at(from + after) }} />
          ))}
          {going && <i className={css.now} style={{ left: at(now) }} />}
        </div>
        <ul>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            return (
              row && (
                <Bars
                  key={`${row.stage}/${row.action}`}
                  row={row}
                  at={scale.at}
                  ambiguous={ambiguous.has(row.action)}
                  top={start - axisHeight}
                  index={index}
                  count={rows.length}
                  onFocus={setFocused}
                />
              )
            )
          })}
        </ul>
      </div>
    </div>
  )
}
