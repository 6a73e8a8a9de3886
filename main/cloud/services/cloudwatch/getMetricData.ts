import type { GetMetricDataInput, GetMetricDataOutput, MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch'
import type { Millis } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Call, Operation } from '../../server/operation.ts'
import type { CloudWatch } from './lends.ts'
import { evaluateExpression, shownSeries } from './math/evaluateExpression.ts'
import { parseExpression } from './math/parseExpression.ts'
import type { Series, Value } from './math/values.ts'
import { dimensionsOf } from './metricStore.ts'
import { checkPeriod, invalidParameter, validation } from './refusals.ts'
import { bucketed, statisticNamed } from './statistics.ts'

const mostQueries = 500
const mostPoints = 100_800

/** One line of an answer. */
interface Result {
  id: string
  label: string
  points: { at: number; value: number }[]
}

interface Range {
  since: Millis
  until: Millis
}

/** Statistics of up to 500 metrics, and metric math over them. Metrics Insights queries are not offered. */
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
    const range = { since: StartTime.getTime(), until: EndTime.getTime() }
    const series = resultsOf(cloudWatch, queries, range, call)
    if (ScanBy === 'TimestampDescending') for (const { points } of series) points.reverse()
    return page(cloudWatch, input, series, most)
  },
}

function checkIds(queries: readonly MetricDataQuery[]): void {
  const seen = new Set<string>()
  for (const { Id = '', Expression, MetricStat } of queries) {
    if (!/^[a-z]\w{0,254}$/.test(Id))
      throw validation(`The value ${Id} for parameter MetricDataQueries.Id is not valid.`)
    if (seen.has(Id)) throw validation(`The values for parameter id in MetricDataQueries are not unique.`)
    seen.add(Id)
    if ((Expression === undefined) === (MetricStat === undefined))
      throw validation(`Exactly one of MetricStat and Expression must be specified for ${Id}.`)
  }
}

/** What is asked for and to be shown, each metric and expression worked out once. */
function resultsOf(cloudWatch: CloudWatch, queries: readonly MetricDataQuery[], range: Range, call: Call): Result[] {
  const known = new Map<string, Value>()
  const metrics = queries.flatMap(query => {
    if (!query.MetricStat) return []
    const series = metricOf(cloudWatch, query, query.MetricStat, range, call)
    known.set(query.Id ?? '', { kind: 'series', series })
    return [series]
  })
  const expressions = new Map(queries.flatMap(({ Id = '', Expression }) => (Expression ? [[Id, Expression]] : [])))
  const asking = new Set<string>()
  const valueOf = (id: string): Value | undefined => {
    const text = expressions.get(id)
    const found = known.get(id)
    if (found || text === undefined) return found
    if (asking.has(id)) throw validation(`Error in expression '${text}': it needs its own result.`)
    asking.add(id)
    const value = evaluateExpression(parseExpression(text), { text, ...range, valueOf, metrics })
    known.set(id, value)
    return value
  }
  // All of them, so that a mistake in one that is not shown is told too.
  const values = queries.map(({ Id = '' }) => valueOf(Id))
  return queries.flatMap(({ Id: id = '', Expression, Label, MetricStat, ReturnData = true }, index) => {
    const value = values[index]
    if (!ReturnData || !value) return []
    const shown = shownSeries(value, Expression ?? '')
    // UNCONFIRMED: how CloudWatch labels the lines of an expression that has none.
    const own = Label ?? (Expression === undefined ? MetricStat?.Metric?.MetricName : undefined) ?? id
    return shown.map(({ label, points }) => ({
      id,
      label: shown.length > 1 ? `${own} ${label}` : own,
      points: [...points].map(([at, value]) => ({ at, value })),
    }))
  })
}

function metricOf(
  { metrics }: CloudWatch,
  { Id = '', AccountId }: MetricDataQuery,
  of: MetricStat,
  { since, until }: Range,
  { account, region }: Call,
): Series {
  if (AccountId !== undefined && AccountId !== account)
    throw new AwsError('ValidationException', 'Metrics of other accounts are not offered by the local cloud.')
  const { Namespace: namespace = '', MetricName: name = '', Dimensions } = of.Metric ?? {}
  const period = checkPeriod(of.Period) * 1_000
  const value = statisticNamed(of.Stat ?? '')
  const metric = { account, region, namespace, name, dimensions: dimensionsOf(Dimensions) }
  // The period that the range begins in counts as a whole.
  const data = metrics.read(metric, Math.floor(since / period) * period, until, of.Unit)
  const points = bucketed(data, period).flatMap(({ start, data: within }) => {
    const found = value(within)
    return found === undefined ? [] : [[start, found] as const]
  })
  return { label: Id, period, points: new Map(points) }
}

/** As many points as one answer may have; the rest is fetched with the token, series after series. */
function page({ tokens }: CloudWatch, input: GetMetricDataInput, series: readonly Result[], most: number) {
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
