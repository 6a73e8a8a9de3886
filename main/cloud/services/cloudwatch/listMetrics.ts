import type { ListMetricsInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CloudWatch } from './lends.ts'
import { toDimensions } from './metricStore.ts'

const pageSize = 500
const hour = 3_600_000

/** The metrics that had data in the last two weeks, or three hours where that is asked for. */
export const listMetrics: Operation<CloudWatch, ListMetricsInput, ListMetricsOutput> = {
  run({ metrics, tokens, clock }, input, { account, region }) {
    const { Namespace: namespace, MetricName: name, Dimensions = [], NextToken, RecentlyActive } = input
    const after = NextToken === undefined ? '0' : tokens.open(input, NextToken)
    if (after === undefined) throw new AwsError('InvalidNextToken', 'The next token is not valid.')
    const since = clock.now() - (RecentlyActive === 'PT3H' ? 3 * hour : 14 * 24 * hour)
    const found = metrics
      .list({ account, region, namespace, name, since }, Number(after))
      .filter(({ dimensions }) =>
        Dimensions.every(({ Name, Value }) =>
          dimensions.some(of => of.name === Name && (Value === undefined || of.value === Value)),
        ),
      )
    const page = found.slice(0, pageSize)
    const last = page.at(-1)
    return {
      Metrics: page.map(metric => ({
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: toDimensions(metric.dimensions),
      })),
      ...(found.length > pageSize && last && { NextToken: tokens.seal(input, String(last.id)) }),
    }
  },
}
