import type { SwitchReport } from '../../../preload/contract/cost.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { Told } from '../../components/Told.tsx'
import { formatNumber } from '../../format/number.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAsked } from '../../rpc/useAsked.ts'
import { rowId } from '../../stores/fleet.ts'
import { hashOf } from '../../stores/routeHash.ts'
import { Amount, inDollars, Sum } from './Amount.tsx'
import { BasisLine } from './BasisLine.tsx'
import css from './CostScreen.module.css'
import type { CostPartProps } from './CostScreen.tsx'
import { type CostView, costQuery } from './costQuery.ts'
import { Reasons } from './Overview.tsx'

/** "What would V2 save us": the answer, and where each pipeline's two types cost the same. */
export function Switching({ view, month, sampleData, known }: CostPartProps) {
  const asked = useAsked(`switch ${month} ${sampleData}`, `${month} ${sampleData} ${known}`, () =>
    rpc.cost.switchTypes.query({ month, sampleData }),
  )
  return (
    <Told answer={asked} meanwhile="Adding up…">
      {report => <Report report={report} view={view} />}
    </Told>
  )
}

function Report({ report, view }: { report: SwitchReport; view: CostView }) {
  return (
    <>
      <p className={css.answer}>{report.answer}</p>
      <dl className={css.sums}>
        <Sum name="As it is" amount={report.now} />
        <Sum name="All V1" amount={report.allV1} />
        <Sum name="All V2" amount={report.allV2} />
        <Sum name="Each as is cheaper" amount={report.best} />
      </dl>
      <DataTable
        caption="Each pipeline as V1 and as V2, before free tiers"
        file={`v1-or-v2-${view.month}`}
        columns={columnsFor(view)}
        rows={report.pipelines}
        sorted={{ column: 'v2', descending: true }}
        idOf={({ key }) => rowId(key)}
      />
      <BasisLine basis={report.basis} />
      <p className={css.basis}>
        CodePipeline’s own price for a whole month; builds and storage stay as they are. The free tiers belong to the
        account: they are in the sums above and in what is cheapest for it, not in the prices of each row.
      </p>
      <Reasons reasons={report.reasons} />
    </>
  )
}

type Row = SwitchReport['pipelines'][number]

const aMonth = (executions: number) => `${formatNumber(executions, executions < 10 ? 1 : 0)} a month`

const columnsFor = (view: CostView): readonly Column<Row>[] => [
  {
    id: 'pipeline',
    title: 'Pipeline',
    by: ({ key }) => key.name,
    cell: ({ key }) => (
      <a href={hashOf({ screen: 'cost', query: costQuery({ ...view, pipeline: key }) })}>{key.name}</a>
    ),
  },
  { id: 'type', title: 'Now', by: ({ type }) => type, cell: ({ type }) => type },
  {
    id: 'advice',
    title: 'Cheapest in all',
    by: ({ advice, type }) => (advice === undefined ? `${type}, as it is` : `switch to ${advice}`),
    cell: ({ advice, type }) =>
      advice === undefined ? <span className="dim">{type}, as it is</span> : <b>switch to {advice}</b>,
  },
  {
    id: 'v1',
    title: 'As V1',
    numeric: true,
    by: ({ asV1 }) => asV1.high,
    csv: inDollars('As V1', ({ asV1 }) => asV1),
    cell: ({ asV1 }) => <Amount amount={asV1} />,
  },
  {
    id: 'v2',
    title: 'As V2',
    numeric: true,
    by: ({ asV2 }) => asV2.high,
    csv: inDollars('As V2', ({ asV2 }) => asV2),
    cell: ({ asV2 }) => <Amount amount={asV2} />,
  },
  {
    id: 'even',
    title: 'Same price at',
    numeric: true,
    by: ({ breakEven }) => breakEven.executionsPerMonth,
    csv: { 'Same price at (executions a month)': ({ breakEven }) => breakEven.executionsPerMonth },
    cell: ({ breakEven: { executionsPerMonth: even } }) =>
      even === undefined ? <span className="faint">—</span> : aMonth(even),
  },
  {
    id: 'executed',
    title: 'Executions',
    numeric: true,
    by: ({ breakEven }) => breakEven.executionsNow,
    csv: { 'Executions a month': ({ breakEven }) => breakEven.executionsNow },
    cell: ({ breakEven }) => aMonth(breakEven.executionsNow),
  },
]
