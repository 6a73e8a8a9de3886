import { useMemo } from 'react'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { formatDuration } from '../../../format/duration.ts'
import { shortId } from '../../../format/ids.ts'
import { formatTime } from '../../../format/instant.ts'
import { type GraphModel, graphModel, whatRuns } from '../../../graph/graphModel.ts'
import { useNow } from '../../../stores/now.ts'
import { useZone } from '../../../stores/settings.ts'
import { shownExecution } from '../facts.ts'
import { usePipelineFeed } from '../pipelineFeed.ts'
import { Bars } from './Bars.tsx'
import { scaleOf, ticksOf } from './scale.ts'
import css from './timeline.module.css'
import { busyOf, type Drawn, type Waterfall, waterfall } from './waterfall.ts'

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
        <Expected expected={drawn.expected} />
      </header>
      <Chart drawn={drawn} going={going} now={now} />
    </section>
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

function Chart({ drawn, going, now }: { drawn: Waterfall; going: boolean; now: number }) {
  const scale = useMemo(() => scaleOf(busyOf(drawn), drawn), [drawn])
  const ticks = useMemo(() => ticksOf(scale, drawn), [scale, drawn])
  const at = (time: number) => `${(scale.at(time) * 100).toFixed(3)}%`
  return (
    <div className={css.chart}>
      <div className={css.axis} aria-hidden>
        {ticks.map(after => (
          <span key={after} style={{ left: at(drawn.from + after) }}>
            {formatDuration(after)}
          </span>
        ))}
        {scale.breaks.map(gap => (
          <span key={gap.from} className={css.break} style={{ left: `${(gap.shownFrom + gap.shownTo) * 50}%` }}>
            {`// ${formatDuration(gap.to - gap.from)}`}
          </span>
        ))}
      </div>
      <div className={css.rows}>
        <div className={css.grid} aria-hidden>
          {ticks.map(after => (
            <i key={after} style={{ left: at(drawn.from + after) }} />
          ))}
          {going && <i className={css.now} style={{ left: at(now) }} />}
        </div>
        <ul>
          {drawn.rows.map(row => (
            <Bars
              key={`${row.stage}/${row.action}`}
              row={row}
              at={scale.at}
              ambiguous={drawn.rows.filter(({ action }) => action === row.action).length > 1}
            />
          ))}
        </ul>
      </div>
    </div>
  )
}
