import { assertNever } from '../../../base/assertNever.ts'
import type { AlarmDefinition, AlarmState, Comparison } from './alarmModel.ts'

/** The value of each period, newest last; undefined where there were no data. */
export type Datapoints = readonly (number | undefined)[]

/** Periods beyond those asked for that an alarm looks back to when data are missing. */
export const lookBack = 2

export interface Verdict {
  /** Undefined to stay as it is. */
  state: AlarmState | undefined
  reason: string
}

/**
 * What an alarm's data say, as CloudWatch decides: the newest `evaluationPeriods` data that are there within the range,
 * and the treatment of missing data for as many as are not ("Configuring how alarms treat missing data", user guide). Pure.
 */
export function evaluate(alarm: AlarmDefinition, datapoints: Datapoints): Verdict {
  const { evaluationPeriods: wanted, threshold, comparison, treatMissingData: missing = 'missing' } = alarm
  const needed = alarm.datapointsToAlarm ?? wanted
  const present = datapoints.filter(point => point !== undefined).slice(-wanted)
  const lacking = wanted - present.length
  const breaching = present.filter(value => breaches(value, comparison, threshold)).length
  const counted = breaching + (missing === 'breaching' ? lacking : 0)
  const text = reasonOf(alarm, present, breaching)

  if (present.length === 0) {
    const states = { breaching: 'ALARM', notBreaching: 'OK', ignore: undefined, missing: 'INSUFFICIENT_DATA' } as const
    const treated = { breaching: 'Breaching', notBreaching: 'NonBreaching', ignore: 'Ignored', missing: 'Missing' }
    const periods = `${wanted} ${wanted === 1 ? 'datapoint' : 'datapoints'}`
    const reason =
      missing === 'missing'
        ? `Insufficient Data: ${periods} were unknown.`
        : `Threshold Crossed: no datapoints were received for ${wanted} ${wanted === 1 ? 'period' : 'periods'} and ${wanted} missing ${wanted === 1 ? 'datapoint was' : 'datapoints were'} treated as [${treated[missing]}].`
    return { state: states[missing], reason }
  }
  if (counted >= needed) return { state: 'ALARM', reason: text }
  // All that is known breaches, and what is not known could decide.
  if (breaching === present.length && lacking > 0) {
    if (missing === 'missing') return { state: 'ALARM', reason: text }
    if (missing === 'ignore') return { state: undefined, reason: text }
  }
  return { state: 'OK', reason: text }
}

function breaches(value: number, comparison: Comparison, threshold: number): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'GreaterThanThreshold':
      return value > threshold
    case 'LessThanThreshold':
      return value < threshold
    case 'LessThanOrEqualToThreshold':
      return value <= threshold
    default:
      return assertNever(comparison)
  }
}

const words: Readonly<Record<Comparison, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
}

function reasonOf({ comparison, threshold }: AlarmDefinition, present: readonly number[], breaching: number): string {
  const shown = present.map(value => (Number.isInteger(value) ? `${value}.0` : String(value))).join(', ')
  const was = present.length === 1 ? 'was' : 'were'
  const not = breaching === 0 ? 'not ' : ''
  const points = present.length === 1 ? '1 datapoint' : `${present.length} datapoints`
  const limit = Number.isInteger(threshold) ? `${threshold}.0` : String(threshold)
  return `Threshold Crossed: ${points} [${shown}] ${was} ${not}${words[comparison]} the threshold (${limit}).`
}
