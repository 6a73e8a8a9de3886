import type { DurationSeries, DurationsReport, MetricsQuery } from '../../../preload/contract/metrics.ts'
import { Plot } from '../../charts/Plot.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { type ExportColumn, TableExport } from '../../components/TableExport.tsx'
import { Took } from '../../components/Took.tsx'
import { formatDuration } from '../../format/duration.ts'
import { count } from '../../format/ids.ts'
import { rpc } from '../../rpc/rpc.ts'
import { rowId, useFleet } from '../../stores/fleet.ts'
import css from './InsightsScreen.module.css'
import { BasisLine, type PartProps, Told, usePart } from './Told.tsx'
import { axisTime } from './words.ts'

/** p50 and p90 of each stage and action of one pipeline over time. */
export function Durations(props: PartProps) {
  const { scope } = props.asked
  if (scope.kind !== 'pipeline') {
    return (
      <EmptyState title="Durations are told for one pipeline at a time.">
        <p>Choose it here, or “One pipeline” above.</p>
        <OnePipeline show={props.show} />
      </EmptyState>
    )
  }
  return <OfPipeline {...props} of={scope.key} />
}

/** The pipelines that there are, as links to their durations. */
function OnePipeline({ show }: Pick<PartProps, 'show'>) {
  const rows = useFleet(state => state.rows)
  const keys = [...rows.values()].map(({ key }) => key).sort((a, b) => a.name.localeCompare(b.name))
  return (
    <div className={css.next}>
      {keys.slice(0, mostOffered).map(key => (
        <Button key={rowId(key)} onClick={() => show({ scope: { kind: 'pipeline', key } })}>
          {key.name}
        </Button>
      ))}
    </div>
  )
}

const mostOffered = 12

function OfPipeline({ of, ...props }: PartProps & { of: Extract<MetricsQuery['scope'], { kind: 'pipeline' }>['key'] }) {
  const answer = usePart('durations', props, ({ period, bucket, sampleData }) =>
    rpc.metrics.durations.query({ key: of, period, bucket, sampleData }),
  )
  return <Told answer={answer}>{report => <Report report={report} {...props} />}</Told>
}

const nameOf = ({ stage, action }: DurationSeries) =>
  stage === '' ? 'The whole execution' : [stage, action].filter(part => part !== undefined).join(' › ')

const addressOf = ({ stage, action }: DurationSeries) =>
  stage === '' ? undefined : [stage, action].filter(part => part !== undefined).join('/')

function Report({ report: { series, basis }, view, asked: { bucket }, show }: { report: DurationsReport } & PartProps) {
  const shown = series.find(one => addressOf(one) === view.series) ?? series[0]
  if (!shown) return <EmptyState title="Nothing of this pipeline succeeded in this period." />
  return (
    <div className={css.durations}>
      <ul className={css.choices}>
        {series.map(one => (
          <li key={nameOf(one)}>
            <button
              type="button"
              className={css.choice}
              data-action={one.action !== undefined || undefined}
              aria-pressed={one === shown}
              onClick={() => show({ series: addressOf(one) ?? '' })}
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
          scale="time"
          format={value => formatDuration(value * 1000)}
          mark={axisTime}
          unit="s"
          empty="No success in this period."
        />
        <div className={css.under}>
          <BasisLine basis={basis} />
          <TableExport
            caption="All durations"
            file="durations"
            columns={seriesColumns}
            rows={series.flatMap(one => one.points.map(point => ({ ...point, of: nameOf(one) })))}
          />
        </div>
      </div>
    </div>
  )
}

const seriesColumns: readonly ExportColumn<DurationSeries['points'][number] & { of: string }>[] = [
  { id: 'of', title: 'Of', by: ({ of }) => of },
  { id: 'start', title: 'From (UTC)', by: ({ start }) => start },
  { id: 'p50', title: 'p50 (ms)', by: ({ p50 }) => p50 },
  { id: 'p90', title: 'p90 (ms)', by: ({ p90 }) => p90 },
  { id: 'count', title: 'Successes', by: ({ count: size }) => size },
]

const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000)
