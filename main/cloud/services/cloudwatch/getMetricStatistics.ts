import type { Datapoint, GetMetricStatisticsInput, GetMetricStatisticsOutput } from '@aws-sdk/client-cloudwatch'
import type { Operation } from '../../server/operation.ts'
import type { CloudWatch } from './lends.ts'
import { dimensionsOf } from './metricStore.ts'
import { checkPeriod, invalidCombination, invalidParameter, missingParameter } from './refusals.ts'
import { bucketed, statisticNamed } from './statistics.ts'

const mostPoints = 1_440

/** A metric's statistics by period. In no order that AWS promises; oldest first here. */
export const getMetricStatistics: Operation<CloudWatch, GetMetricStatisticsInput, GetMetricStatisticsOutput> = {
  run({ metrics }, input, { account, region }) {
    const { Namespace: namespace = '', MetricName: name = '', StartTime, EndTime, Statistics = [], Unit: unit } = input
    const { ExtendedStatistics = [] } = input
    const period = checkPeriod(input.Period) * 1_000
    if (!StartTime) throw missingParameter('The parameter StartTime is required.')
    if (!EndTime) throw missingParameter('The parameter EndTime is required.')
    if (StartTime >= EndTime)
      throw invalidCombination('The parameter StartTime must be less than the parameter EndTime.')
    const asked = [...Statistics, ...ExtendedStatistics]
    if (asked.length === 0) throw missingParameter('Must specify either Statistics or ExtendedStatistics')
    const points = Math.ceil((EndTime.getTime() - StartTime.getTime()) / period)
    if (points > mostPoints)
      throw invalidCombination(
        `You have requested up to ${points} datapoints, which exceeds the limit of ${mostPoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      )
    const known = new Set(['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'])
    const wrong = Statistics.find(statistic => !known.has(statistic))
    if (wrong !== undefined) throw invalidParameter(`The value ${wrong} for parameter Statistics is invalid.`)
    const metric = { account, region, namespace, name, dimensions: dimensionsOf(input.Dimensions) }
    const data = metrics.read(metric, StartTime.getTime(), EndTime.getTime(), unit)
    const extended = ExtendedStatistics.map(statistic => ({ statistic, of: statisticNamed(statistic) }))
    return {
      Label: name,
      Datapoints: bucketed(data, period).map(({ start, data: within }): Datapoint => {
        const values = Statistics.map(statistic => [statistic, statisticNamed(statistic)(within)] as const)
        const percentiles = extended.flatMap(({ statistic, of }) => {
          const value = of(within)
          return value === undefined ? [] : [[statistic, value] as const]
        })
        return {
          Timestamp: new Date(start),
          ...Object.fromEntries(values),
          ...(percentiles.length > 0 && { ExtendedStatistics: Object.fromEntries(percentiles) }),
          ...(within[0] && { Unit: within[0].unit as NonNullable<Datapoint['Unit']> }),
        }
      }),
    }
  },
}
