import type { Cancel, Clock, Millis } from '../../../base/clock.ts'
import type { Rule } from './model.ts'
import type { RuleStore } from './ruleStore.ts'
import { nextRun, parseSchedule } from './schedule.ts'

/** Runs rules on their schedules between `start` and `stop`. What fell into the time between is not made up for. */
export interface Schedules {
  /** Reads the rules again: one of them has changed. */
  plan(): void
  start(): void
  stop(): void
}

interface Planned {
  rule: Rule
  at: Millis
}

export function createSchedules({
  rules,
  clock,
  run,
}: {
  rules: Pick<RuleStore, 'scheduled'>
  clock: Clock
  run: (rule: Rule, at: Millis) => void
}): Schedules {
  let planned: Planned[] = []
  let timer: Cancel | undefined
  let stopped = true

  const nextOf = (rule: Rule, after: Millis): Planned[] => {
    const schedule = rule.schedule === undefined ? undefined : parseSchedule(rule.schedule)
    const at = schedule && nextRun(schedule, rule.scheduledFrom, after)
    return at === undefined ? [] : [{ rule, at }]
  }
  const arm = () => {
    timer?.()
    timer = undefined
    const earliest = Math.min(...planned.map(({ at }) => at))
    if (!stopped && Number.isFinite(earliest)) timer = clock.after(earliest - clock.now(), wake)
  }
  const wake = () => {
    const now = clock.now()
    const due = planned.filter(({ at }) => at <= now)
    planned = planned.flatMap(one => (one.at <= now ? nextOf(one.rule, now) : [one]))
    arm()
    for (const { rule, at } of due) run(rule, at)
  }
  const plan = () => {
    if (stopped) return
    const now = clock.now()
    planned = rules.scheduled().flatMap(rule => nextOf(rule, now))
    arm()
  }
  return {
    plan,
    start() {
      stopped = false
      plan()
    },
    stop() {
      stopped = true
      timer?.()
    },
  }
}
