import type { DescribeAlarmsInput, DescribeAlarmsOutput, MetricAlarm } from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { type Alarm, alarmArn } from './alarmModel.ts'
import type { CloudWatch } from './lends.ts'
import { toDimensions } from './metricStore.ts'
import { invalidCombination, validation } from './refusals.ts'

const fiveStatistics = new Set(['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'])

export const describeAlarms: Operation<CloudWatch, DescribeAlarmsInput, DescribeAlarmsOutput> = {
  run({ alarms, tokens }, input, { account, region }) {
    const {
      AlarmNames,
      AlarmNamePrefix,
      StateValue,
      ActionPrefix,
      MaxRecords: most = 100,
      NextToken,
      AlarmTypes,
    } = input
    if (AlarmNames !== undefined && AlarmNamePrefix !== undefined)
      throw invalidCombination('The parameters AlarmNames and AlarmNamePrefix are mutually exclusive.')
    if (most < 1 || most > 100) throw validation('The parameter MaxRecords must be between 1 and 100.')
    const after = NextToken === undefined ? '' : tokens.open(input, NextToken)
    if (after === undefined) throw new AwsError('InvalidNextToken', 'The next token is not valid.')
    if (AlarmTypes !== undefined && !AlarmTypes.includes('MetricAlarm'))
      return { CompositeAlarms: [], MetricAlarms: [] }
    const found = alarms.list(account, region).filter(
      ({ definition: { name, actions }, state }) =>
        name > after &&
        (AlarmNames === undefined || AlarmNames.includes(name)) &&
        name.startsWith(AlarmNamePrefix ?? '') &&
        (StateValue === undefined || state === StateValue) &&
        (ActionPrefix === undefined ||
          Object.values(actions)
            .flat()
            .some(action => action.startsWith(ActionPrefix))),
    )
    const page = found.slice(0, most)
    const last = page.at(-1)
    return {
      MetricAlarms: page.map(toAlarm),
      CompositeAlarms: [],
      ...(found.length > most && last && { NextToken: tokens.seal(input, last.definition.name) }),
    }
  },
}

function toAlarm(alarm: Alarm): MetricAlarm {
  const { definition } = alarm
  const { statistic } = definition
  return {
    AlarmName: definition.name,
    AlarmArn: alarmArn(alarm, definition.name),
    ...(definition.description !== undefined && { AlarmDescription: definition.description }),
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configured),
    ActionsEnabled: definition.actionsEnabled,
    OKActions: definition.actions.OK,
    AlarmActions: definition.actions.ALARM,
    InsufficientDataActions: definition.actions.INSUFFICIENT_DATA,
    StateValue: alarm.state,
    StateReason: alarm.reason,
    ...(alarm.reasonData !== undefined && { StateReasonData: alarm.reasonData }),
    StateUpdatedTimestamp: new Date(alarm.updated),
    StateTransitionedTimestamp: new Date(alarm.transitioned),
    MetricName: definition.metric,
    Namespace: definition.namespace,
    ...(fiveStatistics.has(statistic)
      ? { Statistic: statistic as NonNullable<MetricAlarm['Statistic']> }
      : { ExtendedStatistic: statistic }),
    Dimensions: toDimensions(definition.dimensions),
    Period: definition.period,
    ...(definition.unit !== undefined && { Unit: definition.unit as NonNullable<MetricAlarm['Unit']> }),
    EvaluationPeriods: definition.evaluationPeriods,
    ...(definition.datapointsToAlarm !== undefined && { DatapointsToAlarm: definition.datapointsToAlarm }),
    Threshold: definition.threshold,
    ComparisonOperator: definition.comparison,
    ...(definition.treatMissingData !== undefined && { TreatMissingData: definition.treatMissingData }),
  }
}
