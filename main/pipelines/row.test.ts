import { describe, expect, it } from 'vitest'
import type { ExecutionSummary } from '../../preload/contract/pipelines.ts'
import type { LiveStage } from '../aws/liveState.ts'
import { rowChanges, rowDiffers } from './changes.ts'
import type { Known } from './known.ts'
import { rowOf } from './row.ts'
import { isMoving } from './states.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const execution = (id: string, state: ExecutionSummary['state'], minutes = 1): ExecutionSummary => ({
  id,
  state,
  status: state === 'running' ? 'InProgress' : state,
  type: 'STANDARD',
  startedAt: at(10),
  updatedAt: at(10 + minutes),
  revisions: [],
  sample: false,
})
const stage = (name: string, executionId: string, status: string, waiting = false): LiveStage => ({
  name,
  latest: { executionId, status, type: 'STANDARD' },
  inbound: [],
  transition: { open: true },
  conditions: [],
  retries: 0,
  actions: [{ name: 'Approve', status: waiting ? 'InProgress' : 'Succeeded', waiting, changedAt: at(20) }],
})
const known = (rest: Partial<Known>): Known => ({
  key: { account: '111122223333', region: 'us-east-1', name: 'shop' },
  listed: { name: 'shop', version: 1, type: 'V2', mode: 'SUPERSEDED' },
  executions: [],
  asOf: at(60),
  ...rest,
})
const row = (rest: Partial<Known>) => rowOf(known(rest), { name: 'tooling', environment: 'development' })

describe('a fleet row', () => {
  it('is stale until AWS told of it', () => {
    expect(row({})).toMatchObject({ state: 'stale', stages: [] })
  })

  it('waits where an approval waits, and says since when and until when', () => {
    const live = { version: 1, stages: [stage('Prod', 'b', 'InProgress', true)] }
    expect(row({ live, executions: [execution('b', 'running')] })).toMatchObject({
      state: 'waiting',
      stages: [{ name: 'Prod', state: 'waiting' }],
      execution: { state: 'waiting' },
      waitingSince: at(20),
      expiresAt: new Date(Date.parse(at(20)) + 7 * 24 * 3600_000).toISOString(),
    })
  })

  it('shows a failure of the newest execution before anything else, and still that an approval waits', () => {
    const live = { version: 1, stages: [stage('Test', 'c', 'Failed'), stage('Prod', 'b', 'InProgress', true)] }
    const made = row({ live, executions: [execution('c', 'failed'), execution('b', 'running')] })
    expect(made).toMatchObject({ state: 'failed', waitingSince: at(20) })
  })

  it('takes the median of the succeeded ones among the last ten, oldest first', () => {
    const executions = [execution('c', 'failed', 9), execution('b', 'succeeded', 3), execution('a', 'succeeded', 5)]
    const made = row({ executions })
    expect(made.recent.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(made.medianMs).toBe(3 * 60_000)
    expect(made.durationMs).toBe(9 * 60_000)
  })

  it('is not told again for time that passed, but for its age after a while', () => {
    const executions = [execution('a', 'running')]
    const first = row({ executions })
    const later = row({ executions, asOf: new Date(Date.parse(at(60)) + 2_000).toISOString() })
    const muchLater = row({ executions, asOf: at(61) })
    expect(rowDiffers(first, later, 10_000)).toBe(false)
    expect(rowDiffers(first, muchLater, 10_000)).toBe(true)
    expect(rowDiffers(first, row({ executions: [execution('a', 'failed')] }), 10_000)).toBe(true)
  })

  it('tells a reader what is new and what is gone', () => {
    const one = row({ executions: [execution('a', 'running')] })
    const two = row({ executions: [execution('b', 'running')] })
    const never = () => false
    const none = { changed: [], removed: [] }
    expect(rowChanges(new Map([['x', one]]), new Map([['y', two]]), never)).toEqual({
      changed: [two],
      removed: [one.key],
    })
    expect(rowChanges(new Map([['x', one]]), new Map([['x', one]]), never)).toEqual(none)
  })

  it('tells a reader of its age alone where that shows', () => {
    const told = row({ executions: [execution('a', 'succeeded')] })
    const seen = { ...told, asOf: at(600) }
    const changes = (shows: boolean) => rowChanges(new Map([['x', told]]), new Map([['x', seen]]), () => shows)
    expect(changes(false)).toEqual({ changed: [], removed: [] })
    expect(changes(true)).toEqual({ changed: [seen], removed: [] })
  })
})

describe('what is asked often', () => {
  it('is what has something at work, not what waits for a person or before a gate', () => {
    const waiting = { version: 1, stages: [stage('Prod', 'b', 'InProgress', true)] }
    expect(isMoving(known({ live: waiting, executions: [execution('b', 'running')] }))).toBe(false)
    const working = { version: 1, stages: [stage('Build', 'b', 'InProgress')] }
    expect(isMoving(known({ live: working, executions: [execution('b', 'running')] }))).toBe(true)
    const gated = { version: 1, stages: [stage('Build', 'b', 'Succeeded')] }
    expect(isMoving(known({ live: gated, executions: [execution('b', 'running')] }))).toBe(false)
  })
})
