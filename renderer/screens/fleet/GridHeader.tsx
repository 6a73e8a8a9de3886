import { ArrowDown, ArrowUp } from 'lucide-react'
import { Tip } from '../../components/Tip.tsx'
import { sortBy, useFleetView } from '../../stores/fleetView.ts'
import css from './FleetGrid.module.css'
import { columns } from './order/columns.ts'

const rightAligned = new Set(['when', 'took', 'median'])

/** The columns' titles; each sorts. */
export function GridHeader() {
  const sort = useFleetView(state => state.sort)
  return (
    <thead>
      <tr aria-rowindex={1} className={css.header}>
        {columns.map(({ id, title }) => {
          const sorted = sort.column === id ? sort.direction : undefined
          return (
            <th
              key={id}
              scope="col"
              aria-label={title}
              aria-sort={sorted ?? 'none'}
              data-right={rightAligned.has(id) || undefined}
            >
              <Tip
                text={sorted === undefined ? `Sort by ${title}` : `Sorted by ${title}; click for the other way round`}
              >
                <button type="button" className={css.sort} onClick={() => sortBy(id)}>
                  {id === 'state' ? <span className="unseen">{title}</span> : title}
                  {sorted === 'ascending' && <ArrowDown size={11} aria-hidden />}
                  {sorted === 'descending' && <ArrowUp size={11} aria-hidden />}
                  {id === 'state' && sorted === undefined && <span aria-hidden>•</span>}
                </button>
              </Tip>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
