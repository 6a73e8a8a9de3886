import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { manualClock } from '../../base/clock.ts'
import type { Provider } from '../providers/provider.ts'
import { type CloudDatabase, openDatabase } from '../state/database.ts'
import type { ActionPlan } from './model.ts'
import { runnerOver, standIns, succeed, twoStages, withoutApproval } from './runner.testing.ts'

let directory: string
let opened: CloudDatabase[] = []
const open = (path = ':memory:') => {
  const database = openDatabase(path)
  opened.push(database)
  return database
}
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'runner-'))
})
afterEach(() => {
  for (const database of opened) database.close()
  opened = []
  rmSync(directory, { recursive: true, force: true })
})

/** A database whose process dies after `writes` more transactions: nothing of it works any more. */
function mortal(path: string, writes: number): CloudDatabase {
  const database = open(path)
  let left = writes
  let depth = 0
  const alive = () => {
    if (left < 0) throw new Error('killed')
  }
  return {
    all: (sql, ...params) => (alive(), database.all(sql, ...params)),
    get: (sql, ...params) => (alive(), database.get(sql, ...params)),
    run: (sql, ...params) => (alive(), database.run(sql, ...params)),
    migrate: (room, steps) => database.migrate(room, steps),
    close: () => database.close(),
    transaction<T>(work: () => T): T {
      if (depth === 0 && left >= 0) left--
      alive()
      depth++
      try {
        return database.transaction(work)
      } finally {
        depth--
      }
    },
  }
}

describe('the runner', () => {
  it('takes an execution through both stages, and waits for the approval', async () => {
    const { providers, asked } = standIns()
    const cloud = runnerOver(open(), providers)
    const pipeline = cloud.pipeline(twoStages)
    cloud.startExecution(pipeline, 'e1')
    const approval = await vi.waitUntil(() => cloud.runner.state(pipeline).stages.Release?.actions.Approve)
    expect(approval.token).toMatch(/^[0-9a-f-]{36}$/)
    cloud.runner.dispatch(pipeline, {
      kind: 'actionSucceeded',
      actionExecutionId: approval.id,
      result: { artifacts: [], variables: {} },
      by: 'arn:aws:iam::111122223333:user/ann',
    })
    await vi.waitUntil(() => cloud.runner.history.execution(pipeline.id, 'e1')?.execution.status === 'Succeeded')
    expect(asked.map(({ action }) => action)).toEqual(['Checkout', 'Build', 'Deploy'])
    expect(cloud.runner.history.actions(pipeline.id, 10).rows.map(({ attempt }) => attempt.action)).toEqual([
      'Deploy',
      'Approve',
      'Build',
      'Checkout',
    ])
    await cloud.runner.stop()
    expect(cloud.errors).toEqual([])
  })

  it('announces each state change once, in order', async () => {
    const cloud = runnerOver(open(), standIns().providers)
    const pipeline = cloud.pipeline(withoutApproval)
    cloud.startExecution(pipeline, 'e1')
    await vi.waitUntil(() => cloud.published.some(event => event.detail.state === 'SUCCEEDED' && !event.detail.stage))
    expect(
      cloud.published.map(({ detail }) => [detail.stage, detail.action, detail.state].filter(Boolean).join(' ')),
    ).toEqual([
      'STARTED',
      'Source STARTED',
      'Source Checkout STARTED',
      'Source Checkout SUCCEEDED',
      'Source SUCCEEDED',
      'Release STARTED',
      'Release Build STARTED',
      'Release Build SUCCEEDED',
      'Release Deploy STARTED',
      'Release Deploy SUCCEEDED',
      'Release SUCCEEDED',
      'SUCCEEDED',
    ])
    await cloud.runner.stop()
  })

  it('says nothing again after a clean restart', async () => {
    const path = join(directory, 'cloud.sqlite')
    const first = runnerOver(open(path), standIns().providers)
    const pipeline = first.pipeline(withoutApproval)
    first.startExecution(pipeline, 'e1')
    await vi.waitUntil(() => first.runner.history.execution(pipeline.id, 'e1')?.execution.status === 'Succeeded')
    await first.runner.stop()
    const second = runnerOver(open(path), standIns().providers)
    second.runner.start()
    expect(second.published).toEqual([])
    await second.runner.stop()
  })

  it('leaves an approval waiting over a restart, with the same token', async () => {
    const path = join(directory, 'cloud.sqlite')
    const first = runnerOver(open(path), standIns().providers)
    const pipeline = first.pipeline(twoStages)
    first.startExecution(pipeline, 'e1')
    const before = await vi.waitUntil(() => first.runner.state(pipeline).stages.Release?.actions.Approve)
    await first.runner.stop()
    const second = runnerOver(open(path), standIns().providers)
    second.runner.start()
    expect(second.runner.state(pipeline).stages.Release?.actions.Approve).toEqual(before)
    await second.runner.stop()
  })

  it('ends an approval that nobody answers after seven days, also over a restart', async () => {
    const path = join(directory, 'cloud.sqlite')
    const clock = manualClock()
    const first = runnerOver(open(path), standIns().providers, clock)
    const pipeline = first.pipeline(twoStages)
    first.startExecution(pipeline, 'e1')
    await vi.waitUntil(() => first.runner.state(pipeline).stages.Release?.actions.Approve)
    await first.runner.stop()
    const second = runnerOver(open(path), standIns().providers, clock)
    second.runner.start()
    clock.advance(7 * 24 * 3_600_000 - 1_000)
    expect(second.runner.state(pipeline).stages.Release?.actions.Approve?.status).toBe('InProgress')
    clock.advance(2_000)
    expect(second.runner.state(pipeline).stages.Release?.actions.Approve?.status).toBe('Failed')
    await second.runner.stop()
  })

  it('stops the outside work of an action that ran out of time, but not of an abandoned one', async () => {
    const clock = manualClock()
    const released: string[] = []
    const never: Provider = {
      start: () => new Promise(() => {}),
      release: ({ attempt }) => Promise.resolve(void released.push(attempt.id)),
    }
    const { providers } = standIns()
    const slow = { for: (action: ActionPlan) => (action.name === 'Build' ? never : providers.for(action)) }
    const cloud = runnerOver(open(), slow, clock)
    const pipeline = cloud.pipeline(withoutApproval)
    const building = () => cloud.runner.state(pipeline).stages.Release?.actions.Build
    cloud.startExecution(pipeline, 'e1')
    await vi.waitUntil(building)
    const by = 'arn:aws:iam::111122223333:user/ann'
    cloud.runner.dispatch(pipeline, { kind: 'stopRequested', executionId: 'e1', abandon: true, reason: '', by })
    expect(building()?.status).toBe('Abandoned')
    cloud.startExecution(pipeline, 'e2')
    const second = await vi.waitUntil(() => (building()?.executionId === 'e2' ? building() : undefined))
    clock.advance(36 * 3_600_000)
    expect(building()?.status).toBe('Failed')
    await vi.waitUntil(() => released.length > 0)
    expect(released).toEqual([second.id])
  })

  it('loses nothing and does nothing twice, wherever in an execution the process is killed', async () => {
    let kills = 0
    for (let writes = 1; ; writes++) {
      const path = join(directory, `${writes}.sqlite`)
      const outside = new Set<string>()
      let begun = 0
      // Outside work that is found again by the attempt's id, as every real provider does.
      const { providers } = standIns(job => {
        if (!outside.has(job.attempt.id)) begun++
        outside.add(job.attempt.id)
        job.report({ externalExecutionId: job.attempt.id })
        return succeed(job)
      })
      const first = runnerOver(mortal(path, writes), providers)
      const pipeline = first.pipeline(withoutApproval)
      let ended = false
      try {
        first.startExecution(pipeline, 'e1')
        ended = await settles(() => first.runner.history.execution(pipeline.id, 'e1')?.execution.status === 'Succeeded')
      } catch {
        // Killed before the start was durable: whoever asked was told so.
      }
      await first.runner.stop()
      const second = runnerOver(open(path), providers)
      second.runner.start()
      if (!second.runner.history.execution(pipeline.id, 'e1')) second.startExecution(pipeline, 'e1')
      await vi.waitUntil(() => second.runner.history.execution(pipeline.id, 'e1')?.execution.status === 'Succeeded')
      const attempts = second.runner.history.actions(pipeline.id, 10).rows
      expect(attempts.map(({ attempt }) => `${attempt.action} ${attempt.status}`)).toEqual([
        'Deploy Succeeded',
        'Build Succeeded',
        'Checkout Succeeded',
      ])
      expect(begun).toBe(3)
      await second.runner.stop()
      expect(second.errors).toEqual([])
      if (ended) break
      kills++
    }
    expect(kills).toBeGreaterThan(6)
  })

  it('keeps apart a hundred executions of a hundred pipelines', async () => {
    const cloud = runnerOver(open(), standIns().providers)
    const pipelines = Array.from({ length: 100 }, (_, at) => cloud.pipeline({ ...withoutApproval, name: `shop-${at}` }))
    for (const [at, pipeline] of pipelines.entries()) cloud.startExecution(pipeline, `e${at}`)
    const left = () =>
      pipelines.filter(
        (pipeline, at) => cloud.runner.history.execution(pipeline.id, `e${at}`)?.execution.status !== 'Succeeded',
      )
    await vi.waitUntil(() => left().length === 0, { timeout: 20_000 })
    for (const pipeline of pipelines) expect(cloud.runner.history.actions(pipeline.id, 10).rows).toHaveLength(3)
    await cloud.runner.stop()
    expect(cloud.errors).toEqual([])
  })

  it('forgets after twelve months what has ended, and keeps what still waits', async () => {
    const clock = manualClock()
    const database = open()
    const first = runnerOver(database, standIns().providers, clock)
    const [done, waiting] = [first.pipeline(withoutApproval), first.pipeline({ ...twoStages, name: 'waits' })]
    first.startExecution(done, 'e1')
    first.startExecution(waiting, 'e2')
    await vi.waitUntil(() => first.runner.history.execution(done.id, 'e1')?.execution.status === 'Succeeded')
    await vi.waitUntil(() => first.runner.state(waiting).stages.Release?.actions.Approve)
    await first.runner.stop()
    clock.advance(366 * 24 * 3_600_000)
    const second = runnerOver(database, standIns().providers, clock)
    second.runner.start()
    expect(second.runner.history.executions(done.id, 10).rows).toEqual([])
    expect(second.runner.history.actions(done.id, 10).rows).toEqual([])
    expect(second.runner.history.executions(waiting.id, 10).rows).toHaveLength(1)
    await second.runner.stop()
  })

  it('fails an action whose provider breaks, with the reason', async () => {
    const { providers } = standIns(() => {
      throw new Error('the disk is full')
    })
    const cloud = runnerOver(open(), providers)
    const pipeline = cloud.pipeline(withoutApproval)
    cloud.startExecution(pipeline, 'e1')
    await vi.waitUntil(() => cloud.runner.history.execution(pipeline.id, 'e1')?.execution.status === 'Failed')
    expect(cloud.runner.history.actions(pipeline.id, 1).rows[0]?.attempt.error).toEqual({
      code: 'InternalError',
      message: 'the disk is full',
    })
    await cloud.runner.stop()
  })

  it('forgets the event log once nothing moves', async () => {
    const cloud = runnerOver(open(), standIns().providers)
    const pipeline = cloud.pipeline(twoStages)
    cloud.startExecution(pipeline, 'e1')
    const approval = await vi.waitUntil(() => cloud.runner.state(pipeline).stages.Release?.actions.Approve)
    expect(cloud.runner.events(pipeline).map(({ event }) => event.kind)).toEqual([
      'executionStarted',
      'actionSucceeded',
      'actionSucceeded',
    ])
    cloud.runner.dispatch(pipeline, {
      kind: 'actionFailed',
      actionExecutionId: approval.id,
      error: { code: 'JobFailed', message: 'Rejected' },
    })
    expect(cloud.runner.events(pipeline)).toEqual([])
    await cloud.runner.stop()
  })
})

/** Whether `condition` comes true before the process is found dead. */
async function settles(condition: () => boolean): Promise<boolean> {
  try {
    return await vi.waitUntil(condition, { timeout: 2_000 })
  } catch {
    return false
  }
}
