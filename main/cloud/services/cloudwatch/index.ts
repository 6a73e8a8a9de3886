import type { Cancel, Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import type { Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { Topics } from '../sns/inProcess.ts'
import { createChangeAlarm } from './alarmChanges.ts'
import type { AlarmState } from './alarmModel.ts'
import { createAlarmStore } from './alarmStore.ts'
import { createAlarmWatch } from './alarmWatch.ts'
import { deleteAlarms } from './deleteAlarms.ts'
import { describeAlarms } from './describeAlarms.ts'
import { disableAlarmActions } from './disableAlarmActions.ts'
import { enableAlarmActions } from './enableAlarmActions.ts'
import { getMetricData } from './getMetricData.ts'
import { getMetricStatistics } from './getMetricStatistics.ts'
import type { CloudWatch } from './lends.ts'
import { listMetrics } from './listMetrics.ts'
import { createMetricStore } from './metricStore.ts'
import { putMetricAlarm } from './putMetricAlarm.ts'
import { putMetricData } from './putMetricData.ts'
import { migrateCloudWatch } from './schema.ts'
import { type IsV2, measured, single } from './serviceMetrics.ts'
import { setAlarmState } from './setAlarmState.ts'

const operations = {
  DeleteAlarms: deleteAlarms,
  DescribeAlarms: describeAlarms,
  DisableAlarmActions: disableAlarmActions,
  EnableAlarmActions: enableAlarmActions,
  GetMetricData: getMetricData,
  GetMetricStatistics: getMetricStatistics,
  ListMetrics: listMetrics,
  PutMetricAlarm: putMetricAlarm,
  PutMetricData: putMetricData,
  SetAlarmState: setAlarmState,
}

/** One count of something that a service of the cloud did. */
export interface Count {
  account: string
  region: string
  namespace: string
  name: string
  dimensions: readonly { name: string; value: string }[]
}

const sweepEvery = 6 * 3_600_000

/** CloudWatch's metrics and alarms. */
export function createCloudWatch(options: {
  database: CloudDatabase
  clock: Clock
  bus: EventBus
  topics: Topics
  tokens: SealedTokens
  isV2: IsV2
  onError: (error: unknown, what: string) => void
}): {
  service: Service<CloudWatch>
  count(of: Count): void
  /** The state of an alarm, for the rules of stages; undefined where there is no such alarm. */
  alarmState(account: string, region: string, name: string): AlarmState | undefined
  start(): void
  stop(): void
} {
  const { database, clock, bus, isV2, onError } = options
  migrateCloudWatch(database)
  const metrics = createMetricStore(database)
  const alarms = createAlarmStore(database)
  const changeAlarm = createChangeAlarm({ ...options, alarms })
  const watch = createAlarmWatch({ ...options, alarms, metrics, change: changeAlarm })
  const unsubscribe = bus.subscribe(event => {
    const entries = measured(event, isV2)
    if (entries.length > 0) metrics.put(entries)
  })
  let sweeping: Cancel | undefined
  const sweep = () => {
    try {
      metrics.expire(clock.now())
    } catch (error) {
      onError(error, 'sweeping metrics')
    }
    sweeping = clock.after(sweepEvery, sweep)
  }
  return {
    service: { name: 'cloudwatch', lends: { ...options, metrics, alarms, changeAlarm, watch }, operations },
    count: metric => metrics.put([{ metric, datum: single(clock.now(), 1, 'Count') }]),
    alarmState: (account, region, name) => alarms.find(account, region, name)?.state,
    start() {
      watch.wake()
      sweeping = clock.after(sweepEvery, sweep)
    },
    stop() {
      unsubscribe()
      watch.stop()
      sweeping?.()
    },
  }
}
