import { useCallback, useMemo, useRef } from 'react'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { count } from '../../format/ids.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { useFleet } from '../../stores/fleet.ts'
import { useFleetView } from '../../stores/fleetView.ts'
import { useSettings } from '../../stores/settings.ts'
import { emptyReason } from './emptyReason.ts'
import { FilterBar, setFilter } from './FilterBar.tsx'
import { FleetGrid, type GridHandle } from './FleetGrid.tsx'
import css from './FleetScreen.module.css'
import { parseFilter } from './filter/parse.ts'
import { linesOf, perLine } from './lines.ts'
import { MarkedBar } from './MarkedBar.tsx'
import { idsOf } from './order/arrange.ts'
import { SaveView } from './SaveView.tsx'
import { Skeleton } from './Skeleton.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useArrangement, useReading } from './useArrangement.ts'
import { useFleetCommands } from './useFleetCommands.ts'
import { useWidth } from './useWidth.ts'

/** All pipelines of all accounts and regions. */
export function FleetScreen({ filter: text }: { filter: string }) {
  const filter = useMemo(() => parseFilter(text), [text])
  const { reading, on } = useReading()
  const { arrangement, pending, apply } = useArrangement(filter, reading)
  const density = useSettings(state => state.settings.density)
  const problems = useProblems()
  const loading = useFleet(state => state.loading)
  const total = useFleet(state => state.rows.size)
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<GridHandle>(null)
  const input = useRef<HTMLInputElement>(null)
  const columns = perLine(density, useWidth(scroller))
  const lines = useMemo(
    () => linesOf(arrangement, problems, density, columns),
    [arrangement, problems, density, columns],
  )
  const order = useMemo(() => idsOf(arrangement), [arrangement])
  useFleetCommands({ order, columns, pending, apply, grid, filter: input })
  const [first] = order
  const toRows = useCallback(() => {
    const at = useFleetView.getState().cursor ?? first
    input.current?.blur()
    if (at !== undefined) {
      useFleetView.setState({ cursor: at })
      grid.current?.show(at)
    }
  }, [first])

  return (
    <div className={css.fleet}>
      <h1 className="unseen">Fleet</h1>
      <div className={css.bar}>
        <FilterBar ref={input} text={text} filter={filter} total={total} onLeave={toRows} />
        <SaveView filter={text} />
        <Toolbar shown={order.length} total={total} loading={loading} />
      </div>
      <div className={css.list}>
        <div ref={scroller} className={css.scroller} {...on}>
          {lines.length > 0 && (
            <FleetGrid ref={grid} lines={lines} density={density} columns={columns} scroller={scroller} />
          )}
          {order.length === 0 && <Nothing text={text} />}
        </div>
        {pending > 0 && (
          <output className={css.pending}>
            <Button keys="O" onClick={apply}>
              Order changed for {count(pending, 'row')}: apply
            </Button>
          </output>
        )}
      </div>
      <MarkedBar />
    </div>
  )
}

/** Why no row is shown. */
function Nothing({ text }: { text: string }) {
  const rows = useFleet(state => state.rows)
  const loading = useFleet(state => state.loading)
  const asOf = useFleet(state => state.asOf)
  const { accounts, localCloud } = useAccounts()
  if (rows.size === 0 && (loading || asOf === undefined)) return <Skeleton />
  const { cause, elsewhere } = emptyReason([...rows.values()], accounts, localCloud, text, parseFilter(text))
  return (
    <EmptyState title={cause}>
      {elsewhere !== undefined && <p>{elsewhere}</p>}
      {text !== '' && <Button onClick={() => setFilter('')}>Clear the filter</Button>}
    </EmptyState>
  )
}

/** Why regions of accounts can't be listed. What stops a whole account is said once, by the banner, and not again here. */
function useProblems() {
  const problems = useFleet(state => state.problems)
  const accounts = useAccounts(state => state.accounts)
  return useMemo(() => {
    const asked = new Set(accounts.flatMap(({ id, session }) => (session.state === 'valid' ? [id] : [])))
    return problems.filter(({ account }) => asked.has(account))
  }, [problems, accounts])
}
