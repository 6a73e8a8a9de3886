import type { Comparison, FigureName } from '../../../preload/contract/metrics.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { rpc } from '../../rpc/rpc.ts'
import { hashOf } from '../../stores/routeHash.ts'
import css from './InsightsScreen.module.css'
import { type InsightsView, insightsQuery } from './insightsQuery.ts'
import { type PartProps, Told, usePart } from './Told.tsx'
import { figureName, told } from './words.ts'

const by = [
  { value: 'pipeline', label: 'Pipelines' },
  { value: 'application', label: 'Applications' },
  { value: 'account', label: 'Accounts' },
] as const

/** DORA's four side by side. */
export function Compare(props: PartProps) {
  const { view, show } = props
  const chosen = view.by
  const answer = usePart(`compare ${chosen}`, props, query => rpc.metrics.compare.query({ ...query, by: chosen }))
  return (
    <>
      <div className={css.toolbar}>
        <Segmented name="Compare" value={chosen} options={by} onChange={name => show({ by: name })} />
      </div>
      <Told answer={answer}>
        {rows => (
          <DataTable
            caption={`Compared by ${chosen}`}
            file={`insights-by-${chosen}`}
            columns={columnsFor(view)}
            rows={rows}
            idOf={({ scope }) => JSON.stringify(scope)}
          />
        )}
      </Told>
    </>
  )
}

const csvUnit: Record<FigureName, string> = {
  deploymentFrequency: 'a day',
  leadTime: 'ms',
  changeFailureRate: 'share',
  timeToRestore: 'ms',
}

const figure = (name: FigureName): Column<Comparison> => ({
  id: name,
  title: figureName[name],
  numeric: true,
  by: ({ dora }) => dora[name].value,
  csv: {
    [`${figureName[name]} (${csvUnit[name]})`]: ({ dora }) => dora[name].value,
    [`${figureName[name]}: observations`]: ({ dora }) => dora[name].count,
  },
  cell: ({ dora }) => {
    const { value, unit, count } = dora[name]
    return (
      <>
        {value === undefined ? <span className="dim">too few</span> : told(value, unit)}{' '}
        <span className="faint">n = {count}</span>
      </>
    )
  },
})

const columnsFor = (view: InsightsView): readonly Column<Comparison>[] => [
  {
    id: 'name',
    title: 'Name',
    by: ({ name }) => name,
    cell: ({ name, scope }) => (
      <a href={hashOf({ screen: 'insights', query: insightsQuery({ ...view, scope, tab: 'overview' }) })}>{name}</a>
    ),
  },
  figure('deploymentFrequency'),
  figure('leadTime'),
  figure('changeFailureRate'),
  figure('timeToRestore'),
]
