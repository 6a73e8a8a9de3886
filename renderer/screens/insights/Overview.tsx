import type { MetricsReport, TrendPoint } from '../../../preload/contract/metrics.ts'
import { Plot } from '../../charts/Plot.tsx'
import { Section } from '../../components/Page.tsx'
import { type ExportColumn, TableExport } from '../../components/TableExport.tsx'
import { formatDuration } from '../../format/duration.ts'
import { formatNumber } from '../../format/number.ts'
import { rpc } from '../../rpc/rpc.ts'
import { hashOf } from '../../stores/routeHash.ts'
import { FigureCard } from './FigureCard.tsx'
import css from './InsightsScreen.module.css'
import { TimeSpent } from './TimeSpent.tsx'
import { BasisLine, type PartProps, Told, usePart } from './Told.tsx'
import { WithSamples } from './WithSamples.tsx'
import { axisTime } from './words.ts'

/** DORA's four, their course, and where time goes. */
export function Overview(props: PartProps) {
  const answer = usePart('report', props, query => rpc.metrics.report.query(query))
  return <Told answer={answer}>{report => <Report report={report} {...props} />}</Told>
}

function Report({ report, ...props }: { report: MetricsReport } & PartProps) {
  const { dora, basis, trend, time, outcomes } = report
  const { bucket } = props.asked
  return (
    <>
      <div className={css.cards}>
        <FigureCard figure={dora.deploymentFrequency} />
        <FigureCard figure={dora.leadTime} />
        <FigureCard figure={dora.changeFailureRate} />
        <FigureCard figure={dora.timeToRestore} />
      </div>
      <div className={css.under}>
        <BasisLine basis={basis} />
        <TableExport caption="The course of the four" file="insights" columns={trendColumns} rows={trend} />
      </div>
      <WithSamples basis={basis} {...props} />
      <div className={css.plots}>
        <Plot
          title="Changes that reached production"
          about={`Each ${bucket}, well or not; ${unfinished(bucket)}. Hatched: they failed, or had to be rolled back.`}
          kind="bars"
          data={{
            times: trend.map(({ start }) => start),
            series: [
              series(trend, 'well', 'Went well', '--ok', ({ changes, failures }) => changes - failures),
              { ...series(trend, 'failed', 'Failed', '--failed', ({ failures }) => failures), look: 'hatched' },
            ],
          }}
          scale="whole"
          format={changes => formatNumber(changes)}
          unit="changes"
          empty="No change reached production in this period. Choose a longer one, or read more of the past."
        />
        <Plot
          title="Lead time for changes"
          about={`From the commit to production, of the deployments of each ${bucket}; ${unfinished(bucket)}.`}
          kind="lines"
          data={{
            times: trend.map(({ start }) => start),
            series: [
              series(trend, 'p50', 'Half are faster (p50)', '--running', ({ leadTimeP50 }) => seconds(leadTimeP50)),
              {
                ...series(trend, 'p90', 'Nine in ten are faster (p90)', '--stopped', ({ leadTimeP90 }) =>
                  seconds(leadTimeP90),
                ),
                look: 'dashed',
              },
            ],
          }}
          scale="time"
          format={value => formatDuration(value * 1000)}
          mark={axisTime}
          unit="s"
          empty="No deployment in this period has a known commit time."
        />
      </div>
      <div className={css.halves}>
        <Section title="Where time goes">
          <TimeSpent time={time} />
        </Section>
        <div>
          <Section title="How executions ended">
            <ul className={css.outcomes}>
              {Object.entries(outcomes).map(([name, size]) => (
                <li key={name}>
                  <b>{formatNumber(size)}</b> {name}
                </li>
              ))}
            </ul>
          </Section>
          <Section title="What counts as production">
            <ul className={css.production}>
              {report.production
                .toSorted((one, other) => one.key.name.localeCompare(other.key.name))
                .map(({ key, stage, rule }) => (
                  <li key={`${key.account}${key.region}${key.name}`}>
                    <a href={hashOf({ screen: 'pipeline', key, of: 'now' })}>{key.name}</a>
                    {stage === undefined ? <span className="dim">no stage</span> : <span>› {stage}</span>}
                    <span className="faint">{rule}</span>
                  </li>
                ))}
            </ul>
          </Section>
        </div>
      </div>
    </>
  )
}

const trendColumns: readonly ExportColumn<TrendPoint>[] = [
  { id: 'start', title: 'From (UTC)', by: ({ start }) => start },
  { id: 'deployments', title: 'Deployments', by: ({ deployments }) => deployments },
  { id: 'changes', title: 'Changes', by: ({ changes }) => changes },
  { id: 'failures', title: 'Failed changes', by: ({ failures }) => failures },
  { id: 'p50', title: 'Lead time, p50 (ms)', by: ({ leadTimeP50 }) => leadTimeP50 },
  { id: 'p90', title: 'Lead time, p90 (ms)', by: ({ leadTimeP90 }) => leadTimeP90 },
  { id: 'restores', title: 'Restored failures', by: ({ restores }) => restores },
  { id: 'restore', title: 'Time to restore, p50 (ms)', by: ({ restoreP50 }) => restoreP50 },
  { id: 'executions', title: 'Executions', by: ({ executions }) => executions },
  { id: 'failedExecutions', title: 'Failed executions', by: ({ failedExecutions }) => failedExecutions },
]

const unfinished = (bucket: 'day' | 'week') => (bucket === 'day' ? 'today is not over' : 'this week is not over')

const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000)

function series(
  trend: readonly TrendPoint[],
  id: string,
  name: string,
  color: `--${string}`,
  value: (point: TrendPoint) => number | undefined,
) {
  return { id, name, color, values: trend.map(value) }
}
