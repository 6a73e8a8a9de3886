import type { Price } from '../../preload/contract/cost.ts'
import type { CloudWatchPlan, MetricSeries } from '../../preload/contract/metrics.ts'
import type { At } from '../aws/ask.ts'
import { day } from './buckets.ts'
import type { Span } from './past.ts'

/** One metric that would be asked for. */
export interface WantedMetric {
  at: At
  namespace: MetricSeries['namespace']
  metric: string
  stat: string
  unit: MetricSeries['unit']
  dimension: 'PipelineName' | 'ProjectName'
  subject: string
}

/** AWS's limit of GetMetricData. */
const mostMetrics = 500

/**
 * What CloudWatch knows of pipelines and of the projects that they build with: two metrics of each V2 pipeline (AWS
 * publishes no others, and none of V1), five of each project. Pure.
 */
export function wantedMetrics(
  pipelines: readonly { at: At; name: string; type: 'V1' | 'V2' }[],
  projects: readonly { at: At; name: string }[],
): WantedMetric[] {
  const ofPipeline = (metric: string, stat: string, unit: MetricSeries['unit']) =>
    pipelines
      .filter(({ type }) => type === 'V2')
      .map(({ at, name: subject }): WantedMetric => {
        return { at, namespace: 'AWS/CodePipeline', metric, stat, unit, dimension: 'PipelineName', subject }
      })
  const ofProject = (metric: string, stat: string, unit: MetricSeries['unit']) =>
    projects.map(({ at, name: subject }): WantedMetric => {
      return { at, namespace: 'AWS/CodeBuild', metric, stat, unit, dimension: 'ProjectName', subject }
    })
  return [
    ...ofPipeline('PipelineDuration', 'Average', 's'),
    ...ofPipeline('FailedPipelineExecutions', 'Sum', 'count'),
    ...ofProject('Duration', 'Average', 's'),
    ...ofProject('QueuedDuration', 'Average', 's'),
    ...ofProject('BuildDuration', 'Average', 's'),
    ...ofProject('Builds', 'Sum', 'count'),
    ...ofProject('FailedBuilds', 'Sum', 'count'),
  ]
}

/** The metrics by account and region, in calls of at most 500 each. */
export function batches(wanted: readonly WantedMetric[]): WantedMetric[][] {
  const places = Map.groupBy(wanted, ({ at }) => `${at.account}/${at.region}`)
  return [...places.values()].flatMap(of =>
    Array.from({ length: Math.ceil(of.length / mostMetrics) }, (_, index) =>
      of.slice(index * mostMetrics, (index + 1) * mostMetrics),
    ),
  )
}

/** What asking takes and costs: CloudWatch bills each metric asked for, whether or not it has data. Pure. */
export function cloudWatchPlan(wanted: readonly WantedMetric[], span: Span, price: Price, v1: number): CloudWatchPlan {
  const cost = (micros: number) => Math.ceil((wanted.length * micros) / price.per)
  return {
    metrics: wanted.length,
    calls: batches(wanted).length,
    periodSeconds: span.to - span.from <= 3 * day ? 3_600 : 86_400,
    cost: { low: cost(price.low), high: cost(price.high), currency: 'USD' },
    price: `${price.label}: ${price.source}, ${price.date}${price.confirmed ? '' : ', unconfirmed'}`,
    notes: [
      'CloudWatch bills each metric that is asked for. The local cloud costs nothing.',
      ...(v1 > 0 ? [`CloudWatch has no metrics of pipelines of type V1 (${v1} here).`] : []),
    ],
  }
}
