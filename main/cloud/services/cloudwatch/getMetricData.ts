import type { GetMetricDataInput, GetMetricDataOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../server/awsError.ts'
import type { Call, Operation } from '../../server/operation.ts'
import type { CloudWatch } from './lends.ts'
import { dimensionsOf } from './metricStore.ts'
import { checkPeriod, invalidParameter, validation } from './refusals.ts'
import { bucketed, statisticNamed } from './statistics.ts'

const mostQueries = 500
const mostPoints = 100_800

interface Series {
  id: string
  label: string
  points: { at: number; value: number }[]
}

/** Statistics of up to 500 metrics. Math expressions and Metrics Insights queries are not offered. */
export const getMetricData: Operation<CloudWatch, GetMetricDataInput, GetMetricDataOutput> = {
  run(cloudWatch, input, call) {
    const { MetricDataQueries: queries = [], StartTime, EndTime, ScanBy = 'TimestampDescending' } = input
    if (!StartTime || !EndTime || StartTime >= EndTime)
      throw validation('The parameter StartTime must be less than the parameter EndTime.')
    if (queries.length === 0 || queries.length > mostQueries)
      throw validation(`The collection MetricDataQueries must have a size between 1 and ${mostQueries}.`)
    checkIds(queries)
    const { MaxDatapoints: most = mostPoints } = input
    if (most < 1 || most > mostPoints)
      throw invalidParameter(`The parameter MaxDatapoints must be between 1 and ${mostPoints}.`)
    const shown = queries.map(query => seriesOf(cloudWatch, query, { StartTime, EndTime }, call))
    const series = shown.filter((_, index) => queries[index]?.ReturnData !== false)
    if (ScanBy === 'TimestampDescending') for (const { points } of series) points.reverse()
    return page(cloudWatch, input, series, most)
  },
}

function checkIds(queries: readonly MetricDataQuery[]): void {
  const seen = new Set<string>()
  for (const { Id = '', Expression } of queries) {
    if (!/^[a-z]\w{0,254}$/.test(Id))
      throw validation(`The value ${Id} for parameter MetricDataQueries.Id is not valid.`)
    if (seen.has(Id)) throw validation(`The values for parameter id in MetricDataQueries are not unique.`)
    seen.add(Id)
    if (Expression !== undefined)
      throw validation(`The expression '${Expression}' of ${Id} is not supported: the local cloud has no metric math.`)
  }
}

function seriesOf(
  { metrics }: CloudWatch,
  { Id: id = '', MetricStat: of, Label, AccountId }: MetricDataQuery,
  { StartTime, EndTime }: { StartTime: Date; EndTime: Date },
  { account, region }: Call,
): Series {
  if (!of) throw validation(`Either MetricStat or Expression must be specified for ${id}.`)
  if (AccountId !== undefined && AccountId !== account)
    throw new AwsError('ValidationException', 'Metrics of other accounts are not offered by the local cloud.')
  const { Namespace: namespace = '', MetricName: name = '', Dimensions } = of.Metric ?? {}
  const period = checkPeriod(of.Period) * 1_000
  const value = statisticNamed(of.Stat ?? '')
  // The period that the range begins in counts as a whole.
  const since = Math.floor(StartTime.getTime() / period) * period
  const metric = { account, region, namespace, name, dimensions: dimensionsOf(Dimensions) }
  const data = metrics.read(metric, since, EndTime.getTime(), of.Unit)
  const points = bucketed(data, period).flatMap(({ start, data: within }) => {
    const found = value(within)
    return found === undefined ? [] : [{ at: start, value: found }]
  })
  return { id, label: Label ?? name, points }
}

/** As many points as one answer may have; the rest is fetched with the token, series after series. */
function page({ tokens }: CloudWatch, input: GetMetricDataInput, series: readonly Series[], most: number) {
  const asked = {
    ...input,
    StartTime: input.StartTime?.getTime(),
    EndTime: input.EndTime?.getTime(),
    MaxDatapoints: undefined,
  }
  const position = input.NextToken === undefined ? '0' : tokens.open(asked, input.NextToken)
  if (position === undefined) throw new AwsError('InvalidNextToken', 'The next token is not valid.')
  const [from, until] = [Number(position), Number(position) + most]
  let before = 0
  const results = series.map(({ id, label, points }) => {
    const within = points.slice(Math.max(0, from - before), Math.max(0, until - before))
    before += points.length
    return {
      Id: id,
      Label: label,
      Timestamps: within.map(({ at }) => new Date(at)),
      Values: within.map(({ value }) => value),
      StatusCode: before > until ? ('PartialData' as const) : ('Complete' as const),
    }
  })
  return {
    MetricDataResults: results,
    Messages: [],
    ...(before > until && { NextToken: tokens.seal(asked, String(until)) }),
  }
}
