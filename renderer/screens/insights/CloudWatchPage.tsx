import { useState } from 'react'
import type { FailureShape } from '../../../preload/contract/base.ts'
import type { CloudWatchPlan, CloudWatchReport, MetricSeries } from '../../../preload/contract/metrics.ts'
import { Plot } from '../../charts/Plot.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { formatDuration, spokenDuration } from '../../format/duration.ts'
import { count } from '../../format/ids.ts'
import { formatMoney } from '../../format/money.ts'
import { formatNumber } from '../../format/number.ts'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import css from './InsightsScreen.module.css'
import { type PartProps, Told, usePart } from './Told.tsx'
import { axisTime } from './words.ts'

/** CloudWatch's own metrics. Asking costs money, so that it says first how much. */
export function CloudWatchPage(props: PartProps) {
  const { scope, period } = props.asked
  const answer = usePart('cloudWatch plan', props, () => rpc.metrics.cloudWatchPlan.query({ scope, period }))
  return (
    <Told answer={answer}>{plan => <Planned key={JSON.stringify(props.asked)} plan={plan} asked={props.asked} />}</Told>
  )
}

type Asking =
  | { state: 'no' }
  | { state: 'asking' }
  | { state: 'told'; report: CloudWatchReport }
  | { state: 'failed'; failure: FailureShape }

/** The periods that are one of something, in words. s */
const every: Readonly<Record<number, string>> = { 60: 'minute', 3600: 'hour', 86400: 'day' }

function Planned({ plan, asked }: { plan: CloudWatchPlan } & Pick<PartProps, 'asked'>) {
  const [asking, setAsking] = useState<Asking>({ state: 'no' })
  const ask = () => {
    setAsking({ state: 'asking' })
    rpc.metrics.cloudWatch.query({ scope: asked.scope, period: asked.period, agreedMetrics: plan.metrics }).then(
      report => setAsking({ state: 'told', report }),
      (thrown: unknown) => setAsking({ state: 'failed', failure: failureOf(thrown) }),
    )
  }
  if (plan.metrics === 0) {
    return (
      <EmptyState title="CloudWatch has no metric of what is chosen.">
        {plan.notes.map(note => (
          <p key={note}>{note}</p>
        ))}
      </EmptyState>
    )
  }
  return (
    <>
      <div className={css.plan}>
        <p>
          {count(plan.metrics, 'metric')} in {count(plan.calls, 'call')} of GetMetricData, one value every{' '}
          {every[plan.periodSeconds] ?? spokenDuration(plan.periodSeconds * 1000)}: about{' '}
          <b>{formatMoney(plan.cost)}</b> on AWS’s bill. <span className="faint">{plan.price}</span>
        </p>
        <Button
          look="primary"
          disabledBecause={asking.state === 'asking' ? 'CloudWatch is being asked' : undefined}
          onClick={ask}
        >
          {asking.state === 'asking' ? 'Asking…' : 'Ask CloudWatch'}
        </Button>
      </div>
      {plan.notes.map(note => (
        <p key={note} className={css.basis}>
          {note}
        </p>
      ))}
      {asking.state === 'failed' && <FailureNotice failure={asking.failure} />}
      {asking.state === 'told' && <Series report={asking.report} />}
    </>
  )
}

function Series({ report: { series, problems } }: { report: CloudWatchReport }) {
  const told = series.filter(({ points }) => points.length > 0)
  return (
    <>
      {problems.map(problem => (
        <FailureNotice key={`${problem.code} ${JSON.stringify(problem.place)}`} failure={problem} />
      ))}
      {told.length === 0 && <EmptyState title="CloudWatch holds no value for this period." />}
      <div className={css.plots}>
        {told.map(one => (
          <OneSeries key={`${one.account}${one.region}${one.metric}${one.stat}${one.subject}`} series={one} />
        ))}
      </div>
    </>
  )
}

function OneSeries({ series: { namespace, metric, stat, unit, subject, points } }: { series: MetricSeries }) {
  return (
    <Plot
      title={`${subject} ${metric}`}
      about={`${namespace}, ${stat}`}
      kind={unit === 'count' ? 'bars' : 'lines'}
      data={{
        times: points.map(({ at }) => at),
        series: [{ id: 'value', name: metric, color: '--running', values: points.map(({ value }) => value) }],
      }}
      scale={unit === 's' ? 'time' : 'whole'}
      {...(unit === 's' && { mark: axisTime })}
      format={value => (unit === 's' ? formatDuration(value * 1000) : formatNumber(value))}
      unit={unit}
      empty={`Nothing but 0: ${count(points.length, 'value')}.`}
      height={160}
    />
  )
}
