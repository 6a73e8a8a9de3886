import { describe, expect, it } from 'vitest'
import { productionPast } from './deployments.ts'
import { doraOf } from './dora.ts'
import { dayMs, hour, minute, monday, pastOf, type Story } from './past.testing.ts'
import { trendOf } from './trend.ts'

const week = { from: monday, to: monday + 7 * dayMs }

/** Source 1 min, build 4 min, approval 20 min, deployment 5 min: 30 min in all. */
const good = (id: string, at: number, revision = id): Story => ({
  id,
  at,
  revision,
  attempts: [
    ['Git', 0, minute],
    ['Compile', minute, 5 * minute],
    ['Approve', 5 * minute, 25 * minute],
    ['Deploy', 25 * minute, 30 * minute],
  ],
})

/**
 * One week, by hand:
 *   Mon 10:00 a  committed 09:30, deployed 10:30                 lead 60 min
 *   Tue 10:00 b  committed 08:00, deployed 10:30                 lead 150 min
 *   Wed 10:00 c  committed 10:00, deployment failed 10:30,
 *                retried, deployed 11:30                         lead 90 min, failed, restored after 60 min
 *   Thu 10:00 d  deployed 10:30 (commit not known)               lead 30 min, rolled back: failed
 *   Thu 12:00 R  rollback to c, deployed 12:10                   restored after 10 min
 *   Fri 10:00 e  committed 09:00, deployed 10:30                 lead 90 min
 *   Fri 15:00 e again, by hand, deployed 15:30                   deployed before: no lead time
 *   Sat 10:00 f  deployment failed 10:30                         failed
 *   Sat 12:00 g  committed 11:40, deployed 12:30                 lead 50 min, restored after 120 min
 *   Sun 10:00 h  refused                                         not a change that reached production
 */
const by = (day: number, hours: number) => monday + day * dayMs + hours * hour
const stories: Story[] = [
  good('a', by(0, 10)),
  good('b', by(1, 10)),
  {
    ...good('c', by(2, 10)),
    attempts: [
      ['Git', 0, minute],
      ['Compile', minute, 5 * minute],
      ['Approve', 5 * minute, 25 * minute],
      ['Deploy', 25 * minute, 30 * minute, 'failed'],
      ['Deploy', 80 * minute, 90 * minute],
    ],
  },
  good('d', by(3, 10)),
  { id: 'R', at: by(3, 12), revision: 'c', type: 'ROLLBACK', attempts: [['Deploy', 0, 10 * minute]] },
  good('e', by(4, 10)),
  good('e2', by(4, 15), 'e'),
  {
    ...good('f', by(5, 10)),
    state: 'failed',
    attempts: [...good('f', 0).attempts.slice(0, 3), ['Deploy', 25 * minute, 30 * minute, 'failed']],
  },
  good('g', by(5, 12)),
  {
    ...good('h', by(6, 10)),
    state: 'failed',
    attempts: [...good('h', 0).attempts.slice(0, 2), ['Approve', 5 * minute, 25 * minute, 'failed']],
  },
]
const past = pastOf(stories, {
  commits: { a: by(0, 9.5), b: by(1, 8), c: by(2, 10), e: by(4, 9), g: by(5, 11) + 40 * minute },
})
const production = productionPast(past)

describe('DORA’s four over a week written out by hand', () => {
  const dora = doraOf([production], week)

  it('counts seven deployments in seven days, rollbacks not among them', () => {
    expect(dora.deploymentFrequency).toMatchObject({ value: 1, count: 7, unit: 'perDay' })
  })

  it('takes the median of the six lead times, one of them from the execution’s start', () => {
    // 30, 50, 60, 90, 90, 150
    expect(dora.leadTime).toMatchObject({ value: 60 * minute, p90: 150 * minute, count: 6 })
    expect(dora.leadTime.notes).toEqual([
      '1 of 6 from the execution’s start: when it was committed is not known.',
      '1 deployment of a revision deployed before left out.',
    ])
  })

  it('finds three of the eight changes failed: one retried, one rolled back, one followed by a fix', () => {
    expect(dora.changeFailureRate).toMatchObject({ value: 3 / 8, count: 8 })
  })

  it('takes the median of the three restorations', () => {
    expect(dora.timeToRestore).toMatchObject({ value: 60 * minute, count: 3 })
  })

  it('says what each is defined as, and nothing where there is not enough', () => {
    expect(dora.leadTime.definition).toContain('from the commit to the end of the production stage')
    const day = doraOf([production], { from: monday, to: monday + dayMs })
    expect(day.leadTime).toMatchObject({ count: 1, needs: 5 })
    expect(day.leadTime.value).toBeUndefined()
    expect(day.deploymentFrequency.value).toBe(1)
    expect(doraOf([], week).deploymentFrequency.value).toBeUndefined()
  })

  it('tells the week before beside it', () => {
    const next = doraOf([production], { from: week.to, to: week.to + 7 * dayMs })
    expect(next.leadTime.before).toEqual({ count: 6, value: 60 * minute })
    expect(next.leadTime.count).toBe(0)
  })

  it('shows the course day by day, empty days too', () => {
    const trend = trendOf([production], past.executions, { from: monday - dayMs, to: week.to }, 'day')
    expect(trend.map(({ deployments }) => deployments)).toEqual([0, 1, 1, 1, 1, 2, 1, 0])
    expect(trend.map(({ failures }) => failures)).toEqual([0, 0, 0, 1, 1, 0, 1, 0])
    expect(trend[3]).toMatchObject({ leadTimeP50: 90 * minute, restoreP50: 60 * minute })
    expect(trendOf([production], past.executions, week, 'week')).toHaveLength(1)
  })
})
