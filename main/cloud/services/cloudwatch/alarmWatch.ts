import type { Cancel, Clock, Millis } from '../../../base/clock.ts'
import type { ChangeAlarm } from './alarmChanges.ts'
import type { Alarm, AlarmDefinition } from './alarmModel.ts'
import type { AlarmStore } from './alarmStore.ts'
import { evaluate, lookBack } from './evaluate.ts'
import type { MetricStore } from './metricStore.ts'
import { statisticNamed } from './statistics.ts'

/** Looks at every alarm once a minute, as AWS does for periods of a minute and more; every ten seconds for shorter ones. */
export interface AlarmWatch {
  /** There is an alarm, maybe the first. */
  wake(): void
  stop(): void
}

const step: Millis = 10_000
const minute: Millis = 60_000

export function createAlarmWatch(of: {
  alarms: AlarmStore
  metrics: MetricStore
  change: ChangeAlarm
  clock: Clock
  onError: (error: unknown, what: string) => void
}): AlarmWatch {
  const { alarms, metrics, change, clock, onError } = of
  let timer: Cancel | undefined
  let stopped = false

  const look = (alarm: Alarm, now: Millis) => {
    const { definition } = alarm
    const verdict = evaluate(definition, datapointsOf(alarm, metrics, now))
    const data = { version: '1.0', queryDate: new Date(now).toISOString(), period: definition.period }
    const reasonData = JSON.stringify({ ...data, statistic: definition.statistic, threshold: definition.threshold })
    if (verdict.state !== undefined) change(alarm, { state: verdict.state, reason: verdict.reason, reasonData })
  }
  const tick = () => {
    timer = undefined
    // With no alarm to look at there is nothing to come back for.
    if (stopped || !alarms.any()) return
    const now = Math.floor(clock.now() / step) * step
    for (const alarm of alarms.all()) {
      if (alarm.definition.period >= 60 && now % minute !== 0) continue
      try {
        look(alarm, now)
      } catch (error) {
        onError(error, `evaluation of alarm ${alarm.definition.name}`)
      }
    }
    arm()
  }
  const arm = () => {
    if (stopped || timer) return
    timer = clock.after(step - (clock.now() % step), tick)
  }
  return {
    wake: arm,
    stop() {
      stopped = true
      timer?.()
    },
  }
}

/** The value of each period that ends by `now`, newest last. Periods move with the clock, as an alarm's do. */
function datapointsOf({ account, region, definition }: Alarm, metrics: MetricStore, now: Millis) {
  const { namespace, metric, dimensions, unit, statistic, evaluationPeriods } = definition
  const period = definition.period * 1_000
  const count = evaluationPeriods + lookBack
  const since = now - count * period
  const data = metrics.read({ account, region, namespace, name: metric, dimensions }, since, now, unit)
  const value = statisticNamed(statistic)
  return Array.from({ length: count }, (_, index) => {
    const start = since + index * period
    const within = data.filter(({ at }) => at >= start && at < start + period)
    return within.length > 0 ? value(within) : undefined
  })
}

/** Whether alarms look at a definition's data often enough to see them. */
export const isEvaluable = ({ period, evaluationPeriods }: Pick<AlarmDefinition, 'period' | 'evaluationPeriods'>) =>
  period * evaluationPeriods <= 86_400 || (period >= 3_600 && period * evaluationPeriods <= 604_800)
