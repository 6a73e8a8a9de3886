import { type MouseEvent, memo } from 'react'
import type { PipelineRow } from '../../../preload/contract/pipelines.ts'
import { AccountChip } from '../../components/AccountChip.tsx'
import { Sparkline } from '../../components/Sparkline.tsx'
import { StageBar } from '../../components/StageBar.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { stateWord } from '../../components/state.ts'
import { Tip } from '../../components/Tip.tsx'
import { When } from '../../components/When.tsx'
import { useBand } from '../../stores/accounts.ts'
import { isStale, useFleet } from '../../stores/fleet.ts'
import { setCursor, toggleMark, useFleetView } from '../../stores/fleetView.ts'
import { go } from '../../stores/route.ts'
import { hashOf } from '../../stores/routeHash.ts'
import { ByCell, ChangeCell, MedianCell, RevisionCell, TookCell, WhenCell } from './cells.tsx'
import css from './Row.module.css'

export interface PlaceProps {
  /** From the top, in px. */
  top: number
  height: number
  /** 1 is the header. */
  rowIndex: number
}

/** The DOM id by which the grid names its active row. */
export const domId = (id: string): string => `row-${id.replaceAll('/', '-')}`

/** A click opens; with Ctrl, Cmd or Shift it marks. */
export function clicked(row: PipelineRow, id: string, event: MouseEvent) {
  setCursor(id)
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    event.preventDefault()
    toggleMark(id)
  } else if (!(event.target instanceof Element && event.target.closest('a')))
    go({ screen: 'pipeline', key: row.key, of: 'now' })
}

/** The state's glyph, with why and since when it is stale where it is. */
export function RowGlyph({ row }: { row: PipelineRow }) {
  if (!row.problem) {
    return (
      <Tip text={stateWord[row.state]}>
        <span className={css.glyph}>
          <StateGlyph state={row.state} />
        </span>
      </Tip>
    )
  }
  return (
    <Tip text={`${stateWord[row.state]} when last seen. ${row.problem.message} ${row.problem.next ?? ''}`}>
      <span className={css.glyph}>
        <StateGlyph state={row.state} />
        <StateGlyph state="stale" size={11} />
      </span>
    </Tip>
  )
}

export function NameLink({ row }: { row: PipelineRow }) {
  return (
    <a className={css.name} tabIndex={-1} href={hashOf({ screen: 'pipeline', key: row.key, of: 'now' })}>
      {row.key.name}
    </a>
  )
}

/** One pipeline as a row of the grid. It listens to its own pipeline alone. */
export const Row = memo(function Row({ id, top, height, rowIndex }: PlaceProps & { id: string }) {
  const row = useFleet(state => state.rows.get(id))
  const cursor = useFleetView(state => state.cursor === id)
  const marked = useFleetView(state => state.marked.has(id))
  const band = useBand(row?.key.account ?? '')
  if (!row) return null
  const stale = isStale(row)
  return (
    <tr
      id={domId(id)}
      className={css.row}
      style={{ height, transform: `translateY(${top}px)` }}
      aria-rowindex={rowIndex}
      aria-selected={marked}
      data-cursor={cursor || undefined}
      data-stale={stale || undefined}
      onClick={event => clicked(row, id, event)}
    >
      <td>
        <RowGlyph row={row} />
      </td>
      <td>
        <NameLink row={row} />
      </td>
      <td>
        <AccountChip
          name={row.accountName}
          environment={row.environment}
          band={band}
          id={`${row.key.account}, ${row.key.region}`}
        />
      </td>
      <td className={css.clipped}>
        <StageBar stages={row.stages} closed={row.closedTransitions} />
      </td>
      <td>
        <RevisionCell row={row} />
      </td>
      <td>
        <ChangeCell row={row} />
      </td>
      <td>
        <ByCell row={row} />
      </td>
      <td className={css.right}>
        {stale ? (
          <span className="dim">
            seen <When at={row.asOf} />
          </span>
        ) : (
          <WhenCell row={row} />
        )}
      </td>
      <td className={css.right}>
        <TookCell row={row} />
      </td>
      <td className={css.right}>
        <MedianCell row={row} />
      </td>
      <td>
        <Sparkline recent={row.recent} />
      </td>
    </tr>
  )
})
