import type { PipelineCost } from '../../../preload/contract/cost.ts'
import type { PipelineKey } from '../../../preload/contract/pipelines.ts'
import { AccountOf } from '../../components/AccountOf.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { Section } from '../../components/Page.tsx'
import { Told } from '../../components/Told.tsx'
import { formatNumber } from '../../format/number.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAsked } from '../../rpc/useAsked.ts'
import { rowId } from '../../stores/fleet.ts'
import { hashOf } from '../../stores/routeHash.ts'
import { Amount, Figure, inDollars, Sum } from './Amount.tsx'
import { BasisLine } from './BasisLine.tsx'
import css from './CostScreen.module.css'
import type { CostPartProps } from './CostScreen.tsx'
import { costQuery } from './costQuery.ts'
import { EstimateLines } from './EstimateLines.tsx'
import { Wasted } from './WasteList.tsx'
import { WhatIfPanel } from './WhatIfPanel.tsx'

/** One pipeline's month: what it cost, what it would cost otherwise, and where it goes. */
export function PipelineCostPage({
  view,
  month,
  sampleData,
  known,
  pipeline,
}: CostPartProps & { pipeline: PipelineKey }) {
  const subject = `${rowId(pipeline)} ${month} ${sampleData}`
  const asked = useAsked(subject, `${subject} ${known}`, () =>
    rpc.cost.pipeline.query({ month, sampleData, key: pipeline }),
  )
  const { pipeline: _, ...rest } = view
  return (
    <>
      <nav className={css.crumbs} aria-label="Where this is">
        <a href={hashOf({ screen: 'cost', query: costQuery(rest) })}>All accounts and pipelines</a>
        <span aria-hidden>›</span>
        <h2 className={css.pipelineName}>{pipeline.name}</h2>
        <AccountOf id={pipeline.account} />
        <span className="dim">{pipeline.region}</span>
        <a className={css.toGraph} href={hashOf({ screen: 'pipeline', key: pipeline, of: 'now' })}>
          Open its graph
        </a>
      </nav>
      <Told answer={asked} meanwhile="Adding up…">
        {cost => <Month cost={cost} />}
      </Told>
    </>
  )
}

function Month({ cost }: { cost: PipelineCost }) {
  const { basis, estimate, projected, perExecution, asV1, asV2, breakEven, actions, waste, whatIf, row } = cost
  return (
    <>
      <dl className={css.headline}>
        <Sum name={basis.running ? 'So far this month' : 'This month'} amount={estimate.total} />
        {basis.running && <Sum name="If it goes on like this" amount={projected} />}
        {perExecution && <Sum name="Each execution" amount={perExecution} />}
      </dl>
      <BasisLine basis={basis} pricing={estimate.pricing} />
      <Section title="How it comes about">
        <EstimateLines estimate={estimate} />
      </Section>
      <Section title={`V1 or V2: it is ${row.type}`}>
        <dl className={css.sums}>
          <Sum name={basis.running ? 'So far as V1' : 'As V1'} amount={asV1} />
          <Sum name={basis.running ? 'So far as V2' : 'As V2'} amount={asV2} />
          <Figure name="The same price at">
            <span className={css.large}>
              {breakEven.executionsPerMonth === undefined
                ? 'no number of executions'
                : `${formatNumber(breakEven.executionsPerMonth, 0)} executions a month`}
            </span>
          </Figure>
          <Figure name={`Cheaper at ${formatNumber(Math.round(breakEven.executionsNow))} a month`}>
            <span className={css.large}>
              {{ V1: 'V1', V2: 'V2', same: 'the same', unknown: 'not known' }[breakEven.cheaper]}
            </span>
          </Figure>
        </dl>
      </Section>
      <Section title="What if">
        <WhatIfPanel base={whatIf} />
      </Section>
      {actions.length > 0 && (
        <Section title="Actions, dearest first">
          <DataTable
            caption="Actions by cost"
            file={`cost-${row.key.name}-actions`}
            columns={actionColumns}
            rows={actions}
            idOf={({ stage, action }) => `${stage} ${action}`}
          />
        </Section>
      )}
      {waste.length > 0 && (
        <Section title="Waste">
          <Wasted waste={waste} />
        </Section>
      )}
    </>
  )
}

const actionColumns: readonly Column<PipelineCost['actions'][number]>[] = [
  {
    id: 'action',
    title: 'Action',
    by: ({ stage, action }) => `${stage} › ${action}`,
    cell: ({ stage, action }) => `${stage} › ${action}`,
  },
  {
    id: 'minutes',
    title: 'V2 minutes',
    numeric: true,
    by: ({ minutes }) => minutes,
    cell: ({ minutes }) => `${formatNumber(minutes)} min`,
  },
  {
    id: 'amount',
    title: 'Amount',
    numeric: true,
    by: ({ amount }) => amount.high,
    csv: inDollars('Amount', ({ amount }) => amount),
    cell: ({ amount }) => <Amount amount={amount} />,
  },
]
