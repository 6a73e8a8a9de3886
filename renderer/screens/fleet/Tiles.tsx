import { memo } from 'react'
import { AccountChip } from '../../components/AccountChip.tsx'
import { StageBar } from '../../components/StageBar.tsx'
import { useBand } from '../../stores/accounts.ts'
import { isStale, useFleet } from '../../stores/fleet.ts'
import { useFleetView } from '../../stores/fleetView.ts'
import { WhenCell } from './cells.tsx'
import { clicked, domId, NameLink, type PlaceProps, RowGlyph } from './Row.tsx'
import css from './Tiles.module.css'

export interface TilesProps extends PlaceProps {
  ids: readonly string[]
  columns: number
}

/** A line of tiles: the density for a wall, where state and place matter more than the change. */
export function Tiles({ ids, columns, top, height, rowIndex }: TilesProps) {
  return (
    <tr
      className={css.line}
      style={{ height, transform: `translateY(${top}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      aria-rowindex={rowIndex}
    >
      {ids.map(id => (
        <Tile key={id} id={id} />
      ))}
    </tr>
  )
}

const Tile = memo(function Tile({ id }: { id: string }) {
  const row = useFleet(state => state.rows.get(id))
  const cursor = useFleetView(state => state.cursor === id)
  const marked = useFleetView(state => state.marked.has(id))
  const band = useBand(row?.key.account ?? '')
  if (!row) return null
  return (
    <td
      id={domId(id)}
      className={css.tile}
      aria-selected={marked}
      data-state={row.state}
      data-cursor={cursor || undefined}
      data-stale={isStale(row) || undefined}
      onClick={event => clicked(row, id, event)}
    >
      <span className={css.head}>
        <RowGlyph row={row} />
        <NameLink row={row} />
        <AccountChip
          name={row.accountName}
          environment={row.environment}
          band={band}
          id={`${row.key.account}, ${row.key.region}`}
        />
        <span className={css.when}>
          <WhenCell row={row} />
        </span>
      </span>
      <StageBar stages={row.stages} closed={row.closedTransitions} />
    </td>
  )
})
