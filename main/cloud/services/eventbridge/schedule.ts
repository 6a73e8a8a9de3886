import { Cron } from 'croner'
import type { Millis } from '../../../base/clock.ts'
import { quartzToCroner } from '../../providers/rules/window/quartz.ts'

/** When a rule runs: every so often since it was made, or at the moments of a cron expression, in UTC. */
export type Schedule = { kind: 'rate'; every: Millis } | { kind: 'cron'; next: (after: Millis) => Millis | undefined }

const units: Readonly<Record<string, Millis>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/**
 * `rate(5 minutes)` or `cron(0 9 ? * MON-FRI *)`, EventBridge's own dialect: six fields without seconds, one of the days
 * a question mark. Undefined for anything else. Pure.
 */
export function parseSchedule(expression: string): Schedule | undefined {
  const [, kind, inner = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? []
  if (kind === 'rate') return parseRate(inner)
  return kind === 'cron' ? parseCron(inner) : undefined
}

function parseRate(inner: string): Schedule | undefined {
  const [, count = '', unit = '', plural] = /^([1-9]\d{0,6}) (minute|hour|day)(s)?$/.exec(inner) ?? []
  const length = units[unit]
  // AWS takes `1 minute` and `2 minutes`, and neither the other way round.
  if (length === undefined || (count === '1') !== (plural === undefined)) return undefined
  return { kind: 'rate', every: Number(count) * length }
}

function parseCron(inner: string): Schedule | undefined {
  const fields = inner.trim().split(/\s+/)
  const [, , dayOfMonth, , dayOfWeek] = fields
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?')) return undefined
  try {
    const cron = new Cron(quartzToCroner(`0 ${fields.join(' ')}`), {
      paused: true,
      mode: '7-part',
      alternativeWeekdays: true,
      timezone: 'UTC',
    })
    return { kind: 'cron', next: after => cron.nextRun(new Date(after))?.getTime() }
  } catch {
    return undefined
  }
}

/** The first moment later than `after`; `since` is when the rule was made or enabled. Undefined where there is none. Pure. */
export function nextRun(schedule: Schedule, since: Millis, after: Millis): Millis | undefined {
  if (schedule.kind === 'cron') return schedule.next(after)
  const { every } = schedule
  return since + Math.max(1, Math.floor((after - since) / every) + 1) * every
}
