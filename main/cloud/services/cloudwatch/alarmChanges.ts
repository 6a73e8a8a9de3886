import type { Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Topics } from '../sns/inProcess.ts'
import { type Alarm, type AlarmState, alarmArn } from './alarmModel.ts'
import type { AlarmStore } from './alarmStore.ts'
import { toDimensions } from './metricStore.ts'

/** Gives an alarm its next state; a change is told on the bus and to the topics that its actions name. */
export type ChangeAlarm = (
  alarm: Alarm,
  to: { state: AlarmState; reason: string; reasonData?: string | undefined },
) => void

export function createChangeAlarm(of: {
  alarms: AlarmStore
  clock: Pick<Clock, 'now'>
  bus: EventBus
  topics: Topics
  onError: (error: unknown, what: string) => void
}): ChangeAlarm {
  const { alarms, clock, bus, topics, onError } = of
  return (alarm, { state, reason, reasonData }) => {
    const now = clock.now()
    const changed = state !== alarm.state
    const next: Alarm = {
      ...alarm,
      state,
      reason,
      reasonData,
      updated: changed || reason !== alarm.reason ? now : alarm.updated,
      transitioned: changed ? now : alarm.transitioned,
    }
    if (next.updated !== alarm.updated) alarms.put(next)
    if (!changed) return
    bus.publish(announcement(alarm, next))
    const { name, actionsEnabled, actions } = alarm.definition
    for (const action of actionsEnabled ? actions[state] : []) {
      try {
        notify(topics, action, alarm, next)
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        onError(error, `action ${action} of alarm ${name}`)
      }
    }
  }
}

function notify(topics: Topics, action: string, before: Alarm, after: Alarm): void {
  if (!action.startsWith('arn:aws:sns:'))
    throw new AwsError('NotOffered', `Alarm actions as ${action} are not offered by the local cloud.`)
  const { name } = after.definition
  const visit = { service: 'cloudwatch.amazonaws.com', sourceArn: alarmArn(after, name) }
  // SNS takes a hundred characters.
  const subject = `${after.state}: "${name}" in ${after.region}`.replace(/[^\x20-\x7E]/g, '?').slice(0, 100)
  topics.publishFor(visit, action, { subject, message: { default: JSON.stringify(notification(before, after)) } })
}

/** The body of an alarm's e-mail and SNS message (CloudWatch user guide). */
function notification(before: Alarm, { definition, ...after }: Alarm) {
  return {
    AlarmName: definition.name,
    AlarmDescription: definition.description ?? null,
    AWSAccountId: after.account,
    AlarmConfigurationUpdatedTimestamp: longDate(after.configured),
    NewStateValue: after.state,
    NewStateReason: after.reason,
    StateChangeTime: longDate(after.updated),
    Region: after.region,
    AlarmArn: alarmArn(after, definition.name),
    OldStateValue: before.state,
    OKActions: definition.actions.OK,
    AlarmActions: definition.actions.ALARM,
    InsufficientDataActions: definition.actions.INSUFFICIENT_DATA,
    Trigger: {
      MetricName: definition.metric,
      Namespace: definition.namespace,
      StatisticType: 'Statistic',
      Statistic: definition.statistic.toUpperCase(),
      Unit: definition.unit ?? null,
      Dimensions: definition.dimensions,
      Period: definition.period,
      EvaluationPeriods: definition.evaluationPeriods,
      DatapointsToAlarm: definition.datapointsToAlarm ?? definition.evaluationPeriods,
      ComparisonOperator: definition.comparison,
      Threshold: definition.threshold,
      TreatMissingData: definition.treatMissingData ?? 'missing',
    },
  }
}

const longDate = (at: number) => new Date(at).toISOString().replace('Z', '+0000')

function announcement(before: Alarm, after: Alarm) {
  const { account, region, definition } = after
  const state = ({ state, reason, reasonData, updated }: Alarm) => ({
    value: state,
    reason,
    ...(reasonData !== undefined && { reasonData }),
    timestamp: longDate(updated),
  })
  return {
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    account,
    region,
    time: new Date(after.updated).toISOString().replace(/\.\d+Z$/, 'Z'),
    resources: [alarmArn(after, definition.name)],
    detail: {
      alarmName: definition.name,
      state: state(after),
      previousState: state(before),
      configuration: {
        ...(definition.description !== undefined && { description: definition.description }),
        metrics: [
          {
            id: 'm1',
            metricStat: {
              metric: {
                namespace: definition.namespace,
                name: definition.metric,
                dimensions: Object.fromEntries(
                  toDimensions(definition.dimensions).map(({ Name, Value }) => [Name, Value]),
                ),
              },
              period: definition.period,
              stat: definition.statistic,
            },
            returnData: true,
          },
        ],
      },
    },
  }
}
