import { useState } from 'react'
import type { DurationSeries, DurationsReport, MetricsQuery } from '../../../preload/contract/metrics.ts'
import { Plot } from '../../charts/Plot.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { Took } from '../../components/Took.tsx'
import { formatDuration } from '../../format/duration.ts'
import { count } from '../../format/ids.ts'
import { rpc } from '../../rpc/rpc.ts'
import css from './InsightsScreen.module.css'
import { BasisLine, type PartProps, Told, usePart } from './Told.tsx'

/** p50 and p90 of each stage and action of one pipeline over time. */
export function Durations(props: PartProps) {
  const { scope } = props.asked
  if (scope.kind !== 'pipeline') {
    return (
      <EmptyState title="Durations are told for one pipeline at a time.">
        <p>Choose “One pipeline” above.</p>
      </EmptyState>
    )
  }
  return <OfPipeline {...props} of={scope.key} />
}

function OfPipeline({ of, ...props }: PartProps & { of: Extract<MetricsQuery['scope'], { kind: 'pipeline' }>['key'] }) {
  const answer = usePart('durations', props, ({ period, bucket, sampleData }) =>
    rpc.metrics.durations.query({ key: of, period, bucket, sampleData }),
  )
  return <Told answer={answer}>{report => <Report report={report} bucket={props.asked.bucket} />}</Told>
}

const nameOf = ({ stage, action }: DurationSeries) =>
  stage === '' ? 'The whole execution' : [stage, action].filter(part => part !== undefined).join(' › ')

function Report({ report: { series, basis }, bucket }: { report: DurationsReport; bucket: 'day' | 'week' }) {
  const [chosen, setChosen] = useState(0)
  const shown = series[chosen] ?? series[0]
  if (!shown) return <EmptyState title="Nothing of this pipeline succeeded in this period." />
  return (
    <div className={css.durations}>
      <ul className={css.choices}>
        {series.map((one, index) => (
          <li key={nameOf(one)}>
            <button
              type="button"
              className={css.choice}
              data-action={one.action !== undefined || undefined}
              aria-pressed={one === shown}
              onClick={() => setChosen(index)}
            >
              <span className={css.choiceName}>{one.action ?? (one.stage === '' ? nameOf(one) : one.stage)}</span>
              {one.failures > 0 && (
                <span className={css.failures}>
                  <StateGlyph state="failed" size={12} /> {one.failures}
                </span>
              )}
              <Took ms={one.p50} />
            </button>
          </li>
        ))}
      </ul>
      <div>
        <Plot
          title={nameOf(shown)}
          about={`${count(shown.count, 'success', 'successes')}, by ${bucket}. Half take at most ${formatDuration(shown.p50)}, nine in ten ${formatDuration(shown.p90)}.`}
          kind="lines"
          data={{
            times: shown.points.map(({ start }) => start),
            series: [
              { id: 'p50', name: 'p50', color: '--running', values: shown.points.map(({ p50 }) => seconds(p50)) },
              {
                id: 'p90',
                name: 'p90',
                color: '--stopped',
                look: 'dashed',
                values: shown.points.map(({ p90 }) => seconds(p90)),
              },
            ],
          }}
          format={value => formatDuration(value * 1000)}
          unit="s"
          empty="No success in this period."
        />
        <BasisLine basis={basis} />
      </div>
    </div>
  )
}

const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000)
