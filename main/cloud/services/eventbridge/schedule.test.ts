import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../../base/clock.ts'
import { openDatabase } from '../../state/database.ts'
import type { Rule } from './model.ts'
import { createRuleStore } from './ruleStore.ts'
import { nextRun, parseSchedule } from './schedule.ts'
import { createSchedules } from './schedules.ts'
import { migrateEventBridge } from './schema.ts'

/** Monday. */
const monday = Date.parse('2026-11-23T08:30:00Z')
const next = (expression: string, after = monday) => {
  const schedule = parseSchedule(expression)
  const found = schedule && nextRun(schedule, monday, after)
  return found === undefined ? undefined : new Date(found).toISOString().replace('.000', '')
}

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', '2026-11-23T08:31:00Z'],
    ['rate(5 minutes)', '2026-11-23T08:35:00Z'],
    ['rate(1 hour)', '2026-11-23T09:30:00Z'],
    ['rate(2 days)', '2026-11-25T08:30:00Z'],
    ['cron(0 9 ? * MON-FRI *)', '2026-11-23T09:00:00Z'],
    ['cron(0 9 ? * 2-6 *)', '2026-11-23T09:00:00Z'],
    ['cron(0 10 * * ? *)', '2026-11-23T10:00:00Z'],
    ['cron(0/15 * * * ? *)', '2026-11-23T08:45:00Z'],
    ['cron(30 8 23 11 ? 2026)', undefined],
    ['cron(0 8 1 * ? *)', '2026-12-01T08:00:00Z'],
    ['cron(0 18 L * ? *)', '2026-11-30T18:00:00Z'],
    ['cron(0 9 3W * ? *)', '2026-12-03T09:00:00Z'],
    ['cron(0 9 ? * 3#2 *)', '2026-12-08T09:00:00Z'],
    ['cron(0 0 ? * 1 *)', '2026-11-29T00:00:00Z'],
  ])('%s runs next at %s', (expression, expected) => expect(next(expression)).toBe(expected))

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(5 seconds)',
    'rate(5  minutes)',
    'cron(0 9 * * *)',
    'cron(0 9 * * * *)',
    'cron(0 9 ? * ? *)',
    'cron(0 25 ? * MON *)',
    'cron(0 9 ? * MON 2026 2027)',
    'every five minutes',
    'at(2026-11-23T09:00:00)',
  ])('is not %s', expression => expect(parseSchedule(expression)).toBeUndefined())

  it('of a rate never runs twice at one moment, and never misses one', () => {
    const minutes = fc.integer({ min: 2, max: 1_000 })
    fc.assert(
      fc.property(minutes, fc.nat(10_000_000), (count, later) => {
        const schedule = parseSchedule(`rate(${count} minutes)`)
        if (!schedule) throw new Error('no schedule')
        const first = nextRun(schedule, monday, monday + later) ?? 0
        expect(first).toBeGreaterThan(monday + later)
        expect(nextRun(schedule, monday, first)).toBe(first + count * 60_000)
      }),
    )
  })
})

describe('rules on a schedule', () => {
  const where = { account: '111122223333', region: 'us-east-1', bus: 'default' }
  const open = () => {
    const database = openDatabase(':memory:')
    migrateEventBridge(database)
    const clock = manualClock(monday)
    const ran: string[] = []
    const rules = createRuleStore(database, () => schedules.plan())
    const run = (rule: Rule, at: number) => ran.push(`${rule.name} ${new Date(at).toISOString().slice(11, 16)}`)
    const schedules = createSchedules({ rules, clock, run })
    schedules.start()
    const put = (name: string, schedule: string) =>
      rules.put({
        ...where,
        name,
        schedule,
        scheduledFrom: clock.now(),
        pattern: undefined,
        description: undefined,
        roleArn: undefined,
        enabled: true,
      })
    return { clock, ran, rules, schedules, put }
  }

  it('run when they are due, in their order', () => {
    const { clock, ran, put } = open()
    put('often', 'rate(20 minutes)')
    put('nine', 'cron(0 9 * * ? *)')
    clock.advance(61 * 60_000)
    expect(ran).toEqual(['often 08:50', 'nine 09:00', 'often 09:10', 'often 09:30'])
  })

  it('run no more once disabled, and from now on once enabled', () => {
    const { clock, ran, rules, put } = open()
    put('often', 'rate(20 minutes)')
    const rule = () => rules.find(where, 'often') as Rule
    rules.enable(rule(), false, clock.now())
    clock.advance(30 * 60_000)
    rules.enable(rule(), true, clock.now())
    clock.advance(20 * 60_000)
    expect(ran).toEqual(['often 09:20'])
  })

  it('leave no timer behind', () => {
    const { clock, put, schedules } = open()
    put('often', 'rate(20 minutes)')
    schedules.stop()
    expect(clock.nextDue()).toBeUndefined()
  })
})
