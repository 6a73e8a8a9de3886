import { memo } from 'react'
import type { LedgerEntry } from '../../../../preload/contract/audit.ts'
import { AccountOf } from '../../../components/AccountOf.tsx'
import { formatInstant, formatTime } from '../../../format/instant.ts'
import { Glyph, keyOf, PipelineLink, WhoName } from '../parts.tsx'
import { kindSign } from '../words.ts'
import css from './list.module.css'

export const domId = (id: number) => `entry-${id}`

export interface EntryRowProps {
  entry: LedgerEntry
  zone: string
  selected: boolean
  onSelect: (id: number) => void
  /** The day stands in the row itself. */
  withDay: boolean
  top: number
  height: number
  rowIndex: number
}

/** One entry: when, what, who, where, and whether AWS refused it. */
export const EntryRow = memo(function EntryRow({ entry, zone, selected, onSelect, withDay, ...place }: EntryRowProps) {
  const key = keyOf(entry)
  return (
    // The grid has the focus and the keys; a click is the mouse's way of doing what J and K do.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      id={domId(entry.id)}
      className={css.row}
      style={{ height: place.height, transform: `translateY(${place.top}px)` }}
      aria-rowindex={place.rowIndex}
      aria-selected={selected}
      data-kind={entry.kind}
      onClick={() => onSelect(entry.id)}
    >
      <td className={css.when}>
        <time dateTime={entry.at} data-tip={formatInstant(entry.at, zone)}>
          {withDay ? formatInstant(entry.at, zone) : formatTime(entry.at, zone)}
        </time>
      </td>
      <td className={css.what}>
        <Glyph sign={kindSign[entry.kind]} />
        <span className={css.words}>
          {entry.words}
          {entry.comment !== undefined && <span className="dim"> “{entry.comment}”</span>}
        </span>
        {entry.refused && (
          <span className={css.refused} data-tip={`${entry.refused.code}: ${entry.refused.message}`}>
            refused
          </span>
        )}
      </td>
      <td className={css.by}>
        <WhoName who={entry.who} />
      </td>
      <td className={css.account}>
        <AccountOf id={entry.account} />
      </td>
      <td className={css.pipeline} data-tip={[entry.pipeline ?? [], entry.pipelines].flat().join(', ')}>
        {key ? (
          <>
            <PipelineLink of={key} executionId={entry.executionId} />
            {entry.pipelines.length > 0 && <span className="dim"> and {entry.pipelines.length} more</span>}
          </>
        ) : (
          entry.pipelines.length > 0 && <span className="dim">{entry.pipelines.join(', ')}</span>
        )}
      </td>
    </tr>
  )
})
