import type { FailureShape } from '../../preload/contract/base.ts'
import type { Price } from '../../preload/contract/cost.ts'
import type { CloudWatchQuery, MetricSeries, Scope } from '../../preload/contract/metrics.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import { placeOfAction } from '../aws/actionPlace.ts'
import type { At } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import type { Clock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { failureShape } from '../base/rpc.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { Store } from '../store/store.ts'
import { batches, cloudWatchPlan, type WantedMetric, wantedMetrics } from './cloudWatchPlan.ts'
import type { Metrics } from './metrics.ts'
import type { Span } from './past.ts'

export interface CloudWatchSeriesOptions {
  aws: Pick<Aws, 'cloudWatch'>
  store: Pick<Store, 'definitions'>
  pipelines: Pick<Pipelines, 'fleet' | 'known'>
  clock: Clock
  priceOf: (id: string, region: string) => Price
  keysOf: (scope: Scope) => PipelineKey[]
}

/** What CloudWatch knows, asked for only after somebody saw what it costs. */
export function createCloudWatchSeries(
  options: CloudWatchSeriesOptions,
): Pick<Metrics, 'cloudWatchPlan' | 'cloudWatch'> {
  const { aws, store, pipelines, clock, priceOf, keysOf } = options
  const planOf = ({ scope, period }: CloudWatchQuery) => {
    const rows = keysOf(scope).flatMap(key => pipelines.fleet().get(`${key.account}/${key.region}/${key.name}`) ?? [])
    const projects = new Map<string, { at: At; name: string }>()
    for (const { key, version } of rows) {
      const definition = pipelines.known(key)?.definition ?? store.definitions.get(key, version)
      for (const action of (definition?.stages ?? []).flatMap(({ actions }) => actions)) {
        const name = action.configuration.ProjectName
        if (action.provider !== 'CodeBuild' || name === undefined) continue
        const at = placeOfAction(key, action)
        projects.set(`${at.account}/${at.region}/${name}`, { at, name })
      }
    }
    const of = rows.map(({ key: { account, region, name }, type }) => ({ at: { account, region }, name, type }))
    const wanted = wantedMetrics(of, [...projects.values()])
    const span: Span = { from: Date.parse(period.from), to: Date.parse(period.to) }
    const price = priceOf('cloudwatch.metrics', 'us-east-1')
    return { wanted, span, plan: cloudWatchPlan(wanted, span, price, of.filter(({ type }) => type === 'V1').length) }
  }

  const seriesOf = async (wanted: readonly WantedMetric[], { from, to }: Span, periodSeconds: number) => {
    const at = wanted[0]?.at
    if (!at) return []
    const questions = wanted.map(({ namespace, metric, stat, dimension, subject }) => {
      return { namespace, metric, stat, dimensions: [{ name: dimension, value: subject }] }
    })
    const span = { from: new Date(from), to: new Date(to), periodSeconds }
    const points = await aws.cloudWatch.data(at, questions, span, { priority: 'open' })
    return wanted.flatMap(({ namespace, metric, stat, unit, subject }, index): MetricSeries[] => {
      const found = (points[index] ?? []).map(point => ({ at: new Date(point.at).toISOString(), value: point.value }))
      return found.length === 0 ? [] : [{ ...at, namespace, metric, stat, unit, subject, points: found }]
    })
  }

  return {
    cloudWatchPlan: query => planOf(query).plan,
    async cloudWatch(query, agreedMetrics) {
      const { wanted, span, plan } = planOf(query)
      if (plan.metrics > agreedMetrics) {
        throw new Failure({
          code: 'PlanChanged',
          message: `It would now ask for ${plan.metrics} metrics, not for the ${agreedMetrics} that were agreed to.`,
          next: 'Look at the cost again, and agree to it.',
        })
      }
      const problems: FailureShape[] = []
      const answers = await Promise.all(
        batches(wanted).map(async batch => {
          try {
            return await seriesOf(batch, span, plan.periodSeconds)
          } catch (thrown) {
            problems.push(failureShape(thrown))
            return []
          }
        }),
      )
      return { asOf: new Date(clock.now()).toISOString(), plan, series: answers.flat(), problems }
    },
  }
}
