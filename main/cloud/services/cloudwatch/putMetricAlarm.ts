import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import type { Operation } from '../../server/operation.ts'
import { type AlarmDefinition, alarmArn, comparisons, missingData } from './alarmModel.ts'
import { isEvaluable } from './alarmWatch.ts'
import type { CloudWatch } from './lends.ts'
import { dimensionsOf } from './metricStore.ts'
import { checkPeriod, invalidCombination, missingParameter, validation } from './refusals.ts'
import { statisticNamed } from './statistics.ts'

/** Makes or changes an alarm over one metric. A new one has insufficient data until it is first looked at. */
export const putMetricAlarm: Operation<CloudWatch, PutMetricAlarmInput, object> = {
  resources: ({ AlarmName = '' }, call) => [alarmArn(call, AlarmName)],
  run({ alarms, watch, clock }, input, { account, region }) {
    const definition = definitionOf(input)
    const now = clock.now()
    const before = alarms.find(account, region, definition.name)
    alarms.put({
      account,
      region,
      state: before?.state ?? 'INSUFFICIENT_DATA',
      reason: before?.reason ?? 'Unchecked: Initial alarm creation',
      reasonData: before?.reasonData,
      updated: before?.updated ?? now,
      transitioned: before?.transitioned ?? now,
      configured: now,
      definition,
    })
    watch.wake()
    return {}
  },
}

function definitionOf(input: PutMetricAlarmInput): AlarmDefinition {
  if (input.Metrics !== undefined || input.ThresholdMetricId !== undefined)
    throw validation('Alarms over metric math or anomaly detection are not supported by the local cloud.')
  const {
    AlarmName = '',
    MetricName,
    Namespace,
    Threshold,
    EvaluationPeriods = 0,
    Statistic,
    ExtendedStatistic,
  } = input
  if (!MetricName || !Namespace) throw missingParameter('The parameters MetricName and Namespace are required.')
  if (Threshold === undefined) throw missingParameter('The parameter Threshold is required.')
  if ((Statistic === undefined) === (ExtendedStatistic === undefined))
    throw invalidCombination('Exactly one of Statistic and ExtendedStatistic must be specified')
  const statistic = Statistic ?? ExtendedStatistic ?? ''
  statisticNamed(statistic)
  if (EvaluationPeriods < 1) throw validation('The parameter EvaluationPeriods must be greater than or equal to 1.')
  const { DatapointsToAlarm } = input
  if (DatapointsToAlarm !== undefined && (DatapointsToAlarm < 1 || DatapointsToAlarm > EvaluationPeriods))
    throw validation('DatapointsToAlarm must be between 1 and EvaluationPeriods.')
  const period = checkPeriod(input.Period)
  if (!isEvaluable({ period, evaluationPeriods: EvaluationPeriods }))
    throw validation('Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).')
  return {
    name: AlarmName,
    ...(input.AlarmDescription !== undefined && { description: input.AlarmDescription }),
    actionsEnabled: input.ActionsEnabled ?? true,
    actions: {
      OK: input.OKActions ?? [],
      ALARM: input.AlarmActions ?? [],
      INSUFFICIENT_DATA: input.InsufficientDataActions ?? [],
    },
    namespace: Namespace,
    metric: MetricName,
    dimensions: dimensionsOf(input.Dimensions),
    statistic,
    period,
    ...(input.Unit !== undefined && { unit: input.Unit }),
    evaluationPeriods: EvaluationPeriods,
    ...(DatapointsToAlarm !== undefined && { datapointsToAlarm: DatapointsToAlarm }),
    threshold: Threshold,
    comparison: oneOf(comparisons, input.ComparisonOperator, 'comparisonOperator'),
    ...(input.TreatMissingData !== undefined && {
      treatMissingData: oneOf(missingData, input.TreatMissingData, 'treatMissingData'),
    }),
  }
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined, member: string): T {
  const found = values.find(one => one === value)
  if (found !== undefined) return found
  throw validation(
    `1 validation error detected: Value '${value ?? 'null'}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
  )
}
