import type { Clock } from '../../../base/clock.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { ChangeAlarm } from './alarmChanges.ts'
import type { AlarmStore } from './alarmStore.ts'
import type { AlarmWatch } from './alarmWatch.ts'
import type { MetricStore } from './metricStore.ts'

/** What CloudWatch lends its operations. */
export interface CloudWatch {
  metrics: MetricStore
  alarms: AlarmStore
  changeAlarm: ChangeAlarm
  watch: AlarmWatch
  tokens: SealedTokens
  clock: Pick<Clock, 'now'>
}
