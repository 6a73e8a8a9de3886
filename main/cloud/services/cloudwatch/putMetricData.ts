import type { Dimension, MetricDatum, PutMetricDataInput } from '@aws-sdk/client-cloudwatch'
import type { Millis } from '../../../base/clock.ts'
import type { Operation } from '../../server/operation.ts'
import type { CloudWatch } from './lends.ts'
import { dimensionsOf } from './metricStore.ts'
import { invalidCombination, invalidParameter, missingParameter } from './refusals.ts'
import type { Datum } from './statistics.ts'

const most = 1_000
const day = 24 * 3_600_000

export const putMetricData: Operation<CloudWatch, PutMetricDataInput, object> = {
  run({ metrics, clock }, { Namespace: namespace = '', MetricData = [] }, { account, region }) {
    if (!/^[^:].{0,254}$/.test(namespace))
      throw invalidParameter(
        'The value for parameter Namespace is invalid: 1 to 255 characters, not starting with a colon.',
      )
    if (namespace.startsWith('AWS/')) throw invalidParameter('The value AWS/ for parameter Namespace is invalid.')
    if (MetricData.length > most)
      throw invalidParameter(`The collection MetricData must not have a size greater than ${most}.`)
    const entries = MetricData.map((datum, index) => {
      const at = `MetricData.member.${index + 1}`
      const { MetricName: name } = datum
      if (name === undefined || name === '') throw missingParameter(`The parameter ${at}.MetricName is required.`)
      checkDimensions(datum.Dimensions ?? [], at)
      const metric = { account, region, namespace, name, dimensions: dimensionsOf(datum.Dimensions) }
      return { metric, datum: datumOf(datum, at, clock.now()) }
    })
    metrics.put(entries)
    return {}
  },
}

function checkDimensions(dimensions: readonly Dimension[], at: string): void {
  if (dimensions.length > 30)
    throw invalidParameter(`The collection ${at}.Dimensions must not have a size greater than 30.`)
  for (const [index, { Name, Value }] of dimensions.entries()) {
    const of = `${at}.Dimensions.member.${index + 1}`
    if (!Name) throw missingParameter(`The parameter ${of}.Name is required.`)
    if (!Value) throw missingParameter(`The parameter ${of}.Value is required.`)
  }
}

function datumOf(given: MetricDatum, at: string, now: Millis): Datum {
  const { Timestamp, Unit: unit = 'None', Value, StatisticValues, Values, Counts } = given
  const when = Timestamp?.getTime() ?? now
  if (when < now - 14 * day || when > now + 2 * 3_600_000)
    throw invalidParameter(
      `The parameter ${at}.Timestamp must specify a time no more than two weeks in the past or two hours in the future.`,
    )
  const ways = [Value, StatisticValues, Values].filter(way => way !== undefined)
  if (ways.length === 0)
    throw missingParameter(`At least one of the parameters ${at}.Value, Values, StatisticValues must be specified.`)
  if (ways.length > 1)
    throw invalidCombination(`The parameters ${at}.Value, Values and StatisticValues are mutually exclusive.`)
  if (StatisticValues) {
    const { SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 } = StatisticValues
    if (!(SampleCount > 0))
      throw invalidParameter(`The value for parameter ${at}.StatisticValues.SampleCount must be greater than zero.`)
    return { at: when, unit, count: SampleCount, sum: Sum, least: Minimum, most: Maximum, samples: undefined }
  }
  const samples = samplesOf(Value === undefined ? (Values ?? []) : [Value], Counts, at)
  const values = samples.map(([value]) => value)
  return {
    at: when,
    unit,
    count: samples.reduce((sum, [, count]) => sum + count, 0),
    sum: samples.reduce((sum, [value, count]) => sum + value * count, 0),
    least: Math.min(...values),
    most: Math.max(...values),
    samples,
  }
}

function samplesOf(values: readonly number[], counts: readonly number[] | undefined, at: string) {
  if (values.length === 0 || values.length > 150)
    throw invalidParameter(`The collection ${at}.Values must have a size between 1 and 150.`)
  if (counts && counts.length !== values.length)
    throw invalidParameter(`The parameters ${at}.Values and ${at}.Counts must be of the same size.`)
  return values.map((value, index) => {
    if (!Number.isFinite(value)) throw invalidParameter(`The value ${value} for parameter ${at}.Value is invalid.`)
    return [value, counts?.[index] ?? 1] as const
  })
}
