import { useState } from 'react'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { formatNumber } from '../../../format/number.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { rowId } from '../../../stores/fleet.ts'
import { hashOf } from '../../../stores/routeHash.ts'
import { Amount } from '../../cost/Amount.tsx'
import { costQuery, monthOf } from '../../cost/costQuery.ts'
import { useExecutionPrice } from '../executionPrice.ts'
import { shownExecution } from '../facts.ts'
import { Facts } from './Facts.tsx'

/** What the execution and the month cost by AWS's prices: an estimate beside the graph, with the way to the rest. */
export function CostSection({ view }: { view: PipelineView }) {
  const [month] = useState(() => monthOf(Date.now()))
  const { key } = view.row
  const execution = shownExecution(view)
  const sampleData = execution?.sample === true
  const subject = `${rowId(key)} ${execution?.id}`
  const state = `${subject} ${execution?.state}`
  const price = useExecutionPrice(view)
  const cost = useAsked(`cost ${subject}`, `cost ${state}`, () => rpc.cost.pipeline.query({ month, sampleData, key }))
  const minutes = price.value?.actions.reduce((sum, action) => sum + action.minutes, 0)
  const local = price.value?.localCloud ?? cost.value?.basis.localCloud
  return (
    <section>
      <h2>Cost, estimated</h2>
      {price.state === 'failed' && <FailureNotice failure={price.failure} />}
      {cost.state === 'failed' && <FailureNotice failure={cost.failure} />}
      <Facts
        facts={[
          price.value && [
            'This execution',
            <span key="price">
              <Amount amount={price.value.estimate.total} />
              <span className="dim">{price.value.complete ? '' : ' so far'}, before free tiers</span>
            </span>,
          ],
          price.value &&
            minutes !== undefined && [
              'V2 minutes',
              `${formatNumber(minutes)} min${price.value.type === 'V1' ? ', were it V2' : ''}`,
            ],
          cost.value && [
            'This month',
            <span key="month">
              <Amount amount={cost.value.estimate.total} />
              <span className="dim">, after free tiers</span>
            </span>,
          ],
          cost.value?.basis.running && ['At this rate', <Amount key="projected" amount={cost.value.projected} />],
          local === true && ['Billed by AWS', 'Nothing: the local cloud executed it'],
          [
            'More',
            <a
              key="more"
              href={hashOf({
                screen: 'cost',
                query: costQuery({ month, sampleData, tab: 'pipelines', pipeline: key }),
              })}
            >
              How it comes about, V1 or V2, what if
            </a>,
          ],
        ]}
      />
    </section>
  )
}
