import type { AccountCost, CostOverview, FreeTier, PipelineCostRow } from '../../../preload/contract/cost.ts'
import { Plot } from '../../charts/Plot.tsx'
import { AccountChip } from '../../components/AccountChip.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Section } from '../../components/Page.tsx'
import { TableExport } from '../../components/TableExport.tsx'
import { Told } from '../../components/Told.tsx'
import { count } from '../../format/ids.ts'
import { formatMoney } from '../../format/money.ts'
import { formatNumber } from '../../format/number.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAsked } from '../../rpc/useAsked.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { rowId } from '../../stores/fleet.ts'
import { hashOf } from '../../stores/routeHash.ts'
import { Amount, inDollars, Sum } from './Amount.tsx'
import { BasisLine } from './BasisLine.tsx'
import css from './CostScreen.module.css'
import type { CostPartProps } from './CostScreen.tsx'
import { type CostView, costQuery } from './costQuery.ts'
import { EstimateLines } from './EstimateLines.tsx'

/** The month over all accounts: its total, the months before it, and where it goes. */
export function Overview({ view, month, sampleData, known }: CostPartProps) {
  const asked = useAsked(`cost ${month} ${sampleData}`, `${month} ${sampleData} ${known}`, () =>
    rpc.cost.overview.query({ month, sampleData }),
  )
  return (
    <Told answer={asked} meanwhile="Adding up…">
      {overview => <Month overview={overview} view={view} />}
    </Told>
  )
}

function Month({ overview, view }: { overview: CostOverview; view: CostView }) {
  const { basis, total, projected, accounts, reasons } = overview
  return (
    <>
      <dl className={css.headline}>
        <Sum name={basis.running ? 'So far this month' : 'This month'} amount={total} />
        {basis.running && <Sum name="If it goes on like this" amount={projected} />}
      </dl>
      <div className={css.under}>
        <BasisLine basis={basis} />
        {basis.executions > 0 && (
          <TableExport
            caption="Pipelines by cost"
            file={`cost-${view.month}`}
            columns={columnsFor(view)}
            rows={accounts.flatMap(({ pipelines }) => pipelines)}
          />
        )}
      </div>
      <MonthPlot overview={overview} />
      {basis.executions === 0 && (
        <EmptyState title="Nothing was executed in this month that the desk knows of.">
          <p>
            {basis.leftOut > 0
              ? `${count(basis.leftOut, 'execution')} of sample data left out: “Include sample data” counts them.`
              : 'Read more of the past above, or choose another month.'}
          </p>
        </EmptyState>
      )}
      {accounts
        .filter(account => account.pipelines.length > 0)
        .map(account => (
          <AccountSection key={account.account} cost={account} view={view} />
        ))}
      <Reasons reasons={reasons} />
    </>
  )
}

function MonthPlot({ overview: { months } }: { overview: CostOverview }) {
  return (
    <div className={css.plot}>
      <Plot
        title="Cost by month"
        about="The estimate’s lower end and, on top of it, how much more it may be; as far as the past has been read."
        kind="bars"
        data={{
          bucket: 'month',
          times: months.map(({ month }) => `${month}-01T00:00:00.000Z`),
          series: [
            { id: 'low', name: 'At least', color: '--running', values: months.map(({ total }) => total.low / 1e6) },
            {
              id: 'more',
              name: 'Perhaps',
              color: '--stopped',
              look: 'hatched',
              values: months.map(({ total }) => (total.high - total.low) / 1e6),
            },
          ],
        }}
        scale="plain"
        format={dollars => formatMoney({ low: dollars * 1e6, high: dollars * 1e6, currency: 'USD' })}
        unit="USD"
        empty="No month has a cost yet: read more of the past above."
        height={160}
      />
    </div>
  )
}

function AccountSection({ cost, view }: { cost: Omit<AccountCost, 'months'>; view: CostView }) {
  const environment = useAccounts(
    ({ accounts }) => accounts.find(({ id }) => id === cost.account)?.environment ?? 'unknown',
  )
  return (
    <Section
      title={
        <span className={css.account}>
          <AccountChip name={cost.name} environment={environment} id={cost.account} />
          <Amount amount={cost.estimate.total} />
        </span>
      }
    >
      <FreeTiers tiers={cost.freeTiers} />
      <DataTable
        caption={`Pipelines of ${cost.name} by cost`}
        columns={columnsFor(view)}
        rows={cost.pipelines}
        idOf={({ key }) => rowId(key)}
        sorted={{ column: 'total', descending: true }}
      />
      <BasisLine basis={cost.basis} pricing={cost.estimate.pricing} />
      <details className={css.details}>
        <summary>How the account’s estimate comes about</summary>
        <EstimateLines estimate={cost.estimate} />
      </details>
    </Section>
  )
}

const columnsFor = (view: CostView): readonly Column<PipelineCostRow>[] => [
  {
    id: 'pipeline',
    title: 'Pipeline',
    csv: { Account: ({ key }) => key.account, Region: ({ key }) => key.region, Pipeline: ({ key }) => key.name },
    by: ({ key }) => key.name,
    cell: ({ key }) => (
      <a href={hashOf({ screen: 'cost', query: costQuery({ ...view, pipeline: key }) })}>
        {key.name} <span className="faint">{key.region}</span>
      </a>
    ),
  },
  { id: 'type', title: 'Type', by: ({ type }) => type, cell: ({ type }) => type },
  {
    id: 'executions',
    title: 'Executions',
    numeric: true,
    by: ({ executions }) => executions,
    cell: ({ executions }) => formatNumber(executions),
  },
  {
    id: 'minutes',
    title: 'V2 minutes',
    numeric: true,
    by: ({ pipelineMinutes }) => pipelineMinutes,
    cell: ({ pipelineMinutes }) => `${formatNumber(pipelineMinutes)} min`,
  },
  {
    id: 'build',
    title: 'Build minutes',
    numeric: true,
    csv: {
      'Build minutes, low': ({ buildMinutes }) => buildMinutes.low,
      'Build minutes, high': ({ buildMinutes }) => buildMinutes.high,
    },
    by: ({ buildMinutes }) => buildMinutes.high,
    cell: ({ buildMinutes: { low, high } }) => `${low === high ? low : `${low}–${high}`} min`,
  },
  {
    id: 'total',
    title: 'Month',
    numeric: true,
    csv: inDollars('Month', ({ total }) => total),
    by: ({ total }) => total.high,
    cell: ({ total }) => <Amount amount={total} />,
  },
]

/** What is free each month, and how much of it is used. */
function FreeTiers({ tiers }: { tiers: readonly FreeTier[] }) {
  return (
    <ul className={css.tiers}>
      {tiers.map(({ name, label, free, used, confirmed }) => (
        <li key={name}>
          <span className={css.tierLabel}>
            {label}
            {!confirmed && <span className="faint"> (unconfirmed)</span>}
          </span>
          <meter className={css.meter} min={0} max={free} value={Math.min(used, free)} aria-label={label} />
          <span className="dim">
            {used > free
              ? `all ${formatNumber(free)} used, of ${formatNumber(used)} in all`
              : `${formatNumber(used)} of ${formatNumber(free)} used`}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Why an amount is a range, and what is not in it. */
export function Reasons({ reasons }: { reasons: readonly string[] }) {
  if (reasons.length === 0) return null
  return (
    <details className={css.details}>
      <summary>{count(reasons.length, 'reason')} why this is an estimate</summary>
      <ul className={css.reasons}>
        {reasons.map(reason => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </details>
  )
}
