import { memo } from 'react'
import { StateGlyph } from '../../../components/StateGlyph.tsx'
import { stateWord } from '../../../components/state.ts'
import { formatDuration, spokenDuration } from '../../../format/duration.ts'
import { idOf } from '../../../graph/nodeRef.ts'
import { select, useScreen } from '../screenStore.ts'
import type { Span } from './scale.ts'
import css from './timeline.module.css'
import type { WaterfallRow } from './waterfall.ts'

export interface BarsProps {
  row: WaterfallRow
  /** Where a time stands on the line, from 0 to 1. */
  at: (time: number) => number
  /** Another stage has an action of this name. */
  ambiguous: boolean
  /** From the first row's top, in px. */
  top: number
  index: number
  /** Of all rows; most of them are not in the document. */
  count: number
  /** The focus came to this row, or left it. */
  onFocus: (index: number | undefined) => void
}

/** One action's line: waiting hatched, running solid, approval dotted, the ghost thin beneath. */
export const Bars = memo(function Bars({ row, at, ambiguous, top, index, count, onFocus }: BarsProps) {
  const selected = useScreen(({ selected }) => selected !== undefined && idOf(selected) === idOf(row.ref))
  const place = ({ from, to }: Span) => ({
    left: `${(at(from) * 100).toFixed(3)}%`,
    width: `${((at(to) - at(from)) * 100).toFixed(3)}%`,
  })
  const took = row.bar && row.bar.to - row.bar.from
  return (
    <li className={css.place} style={{ top }} aria-setsize={count} aria-posinset={index + 1}>
      <button
        type="button"
        className={css.row}
        aria-pressed={selected}
        aria-label={labelOf(row, took)}
        onClick={() => select(row.ref)}
        onFocus={() => onFocus(index)}
        onBlur={() => onFocus(undefined)}
      >
        <span className={css.name} title={`${row.stage} › ${row.action}`}>
          <StateGlyph state={row.state} size={11} decorative />{' '}
          {ambiguous && <span className="faint">{row.stage} › </span>}
          {row.action}
        </span>
        <span className={css.track} data-state={row.state} data-approval={row.approval || undefined}>
          {row.ghost && <i className={css.ghost} style={place(row.ghost)} />}
          {row.waited && <i className={css.waited} style={place(row.waited)} />}
          {row.bar && <i className={css.bar} style={place(row.bar)} />}
        </span>
        <span className={css.took}>{took === undefined ? '' : formatDuration(took)}</span>
      </button>
    </li>
  )
})

function labelOf({ stage, action, state, waited, ghost }: WaterfallRow, took: number | undefined): string {
  return [
    `${stage}, ${action}`,
    stateWord[state].toLowerCase(),
    took === undefined ? undefined : `took ${spokenDuration(took)}`,
    waited && `waited ${spokenDuration(waited.to - waited.from)} before the stage`,
    ghost && `before: ${spokenDuration(ghost.to - ghost.from)}`,
  ]
    .filter(part => part !== undefined)
    .join(', ')
}
