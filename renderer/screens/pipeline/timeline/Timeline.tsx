import { useMemo } from 'react'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Tip } from '../../../components/Tip.tsx'
import { shortId } from '../../../format/ids.ts'
import { formatTime } from '../../../format/instant.ts'
import { formatMoney } from '../../../format/money.ts'
import { type GraphModel, graphModel, whatRuns } from '../../../graph/graphModel.ts'
import { useNow } from '../../../stores/now.ts'
import { useZone } from '../../../stores/settings.ts'
import { useExecutionPrice } from '../executionPrice.ts'
import { shownExecution } from '../facts.ts'
import { usePipelineFeed } from '../pipelineFeed.ts'
import { Chart } from './Chart.tsx'
import css from './timeline.module.css'
import { type Drawn, type Waterfall, waterfall } from './waterfall.ts'

/** The execution as a waterfall, over the ghost of the last one that succeeded; and when it should end. */
export function Timeline({ view, model }: { view: PipelineView; model: GraphModel }) {
  const execution = shownExecution(view)
  const ghostOf = view.executions.find(
    ({ id, state, type, startedAt }) =>
      id !== execution?.id &&
      state === 'succeeded' &&
      type === 'STANDARD' &&
      execution !== undefined &&
      startedAt < execution.startedAt,
  )
  const ghostFeed = usePipelineFeed(view.row.key, ghostOf?.id)
  const ghost = useMemo(
    (): Drawn | undefined =>
      ghostFeed.view &&
      ghostOf && {
        model: graphModel(ghostFeed.view),
        executionId: ghostOf.id,
        startedAt: Date.parse(ghostOf.startedAt),
      },
    [ghostFeed.view, ghostOf],
  )
  // An action may go on after its execution failed.
  const going = whatRuns(model).length > 0 || execution?.state === 'running'
  const now = useNow(state => (going ? state.now : 0))
  const drawn = useMemo(
    () =>
      execution &&
      waterfall({ model, executionId: execution.id, startedAt: Date.parse(execution.startedAt) }, now, ghost),
    [execution, model, now, ghost],
  )
  if (!execution || !drawn) return null
  return (
    <section className={css.timeline} aria-label="Timeline">
      <header className={css.head}>
        <b>Timeline</b>
        <span className="dim">
          execution {shortId(execution.id)}
          {ghost && `, ghost: ${shortId(ghost.executionId)} (last to succeed before it)`}
        </span>
        <Price view={view} />
        <Expected expected={drawn.expected} />
      </header>
      <Chart drawn={drawn} going={going} now={now} />
    </section>
  )
}

/** Beside what the execution took stands what it costs. Where it can't be told the inspector says why. */
function Price({ view }: { view: PipelineView }) {
  const { value } = useExecutionPrice(view)
  if (!value) return null
  const { estimate, complete, localCloud } = value
  const limits = `${complete ? '' : ' so far'}, an estimate before free tiers`
  return (
    <Tip text={`By AWS’s prices${limits}${localCloud ? '; the local cloud bills nothing' : ''}`}>
      <span className="dim">about {formatMoney(estimate.total)}</span>
    </Tip>
  )
}

function Expected({ expected }: { expected: Waterfall['expected'] }) {
  const zone = useZone()
  if (!expected) return null
  const clock = (time: number) => formatTime(new Date(time).toISOString(), zone)
  return (
    <span className={css.expected}>
      expected end {clock(expected.p50)} (p50) · {clock(expected.p90)} (p90)
      {expected.withoutApprovals && ', plus the time to decide'}
    </span>
  )
}
