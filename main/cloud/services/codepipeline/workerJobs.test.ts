import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../../../base/clock.ts'
import { migrations } from '../../execution/schema.ts'
import { type CloudDatabase, openDatabase } from '../../state/database.ts'
import { createDefinitions } from './definitions.ts'
import { createWorkerJobs, type WorkerJobs } from './workerJobs.ts'

const account = '111122223333'
const region = 'us-east-1'
const type = { category: 'Deploy', provider: 'ShipIt', version: '1' } as const

let database: CloudDatabase
let clock: ManualClock
let jobs: WorkerJobs
let pipeline: number
beforeEach(() => {
  database = openDatabase(':memory:')
  database.migrate('codepipeline', migrations)
  clock = manualClock()
  jobs = createWorkerJobs(database, clock)
  pipeline = createDefinitions(database).create(account, region, { name: 'shop' } as never, 'ann', 0).id
  jobs.open({ pipeline, actionExecutionId: 'a1', account, region }, type)
})
afterEach(() => database.close())

const offered = () => jobs.offered(account, region, type)
const only = () => {
  const [job] = offered()
  if (!job) throw new Error('no job is offered')
  return job
}

describe('the queue of jobs', () => {
  it('opens one job for an attempt, however often the attempt is begun', () => {
    jobs.open({ pipeline, actionExecutionId: 'a1', account, region }, type)
    expect(offered()).toHaveLength(1)
  })

  it('offers a job again, with another nonce, where its worker does not acknowledge it within a minute', () => {
    const first = jobs.dispatch(only())
    expect(offered()).toEqual([])
    clock.advance(59_999)
    expect(offered()).toEqual([])
    clock.advance(1)
    const second = jobs.dispatch(only())
    expect(second.id).toBe(first.id)
    expect(second.nonce).not.toBe(first.nonce)
    expect(jobs.find(account, region, first.id)?.nonce).toBe(second.nonce)
  })

  it('offers again at once, after a restart, what nobody acknowledged; who has it may still claim it', () => {
    const handed = jobs.dispatch(only())
    jobs.offerAgain()
    expect(jobs.find(account, region, handed.id)).toMatchObject({ status: 'Dispatched', nonce: handed.nonce })
    expect(only().id).toBe(handed.id)
  })

  it('never offers what a worker has claimed or what has ended', () => {
    const job = jobs.dispatch(only())
    jobs.mark(job, 'InProgress')
    clock.advance(3_600_000)
    expect(offered()).toEqual([])
    jobs.timeOut(pipeline, 'a1')
    expect(jobs.find(account, region, job.id)?.status).toBe('TimedOut')
  })

  it('goes on in a job of the same attempt and type', () => {
    const job = jobs.dispatch(only())
    jobs.continue(job, 'half-way')
    expect(jobs.find(account, region, job.id)?.status).toBe('Succeeded')
    expect(only()).toMatchObject({ actionExecutionId: 'a1', continuationToken: 'half-way', status: 'Queued' })
  })

  it('forgets an ended job whose attempt has left the history, and no open one', () => {
    const { id } = only()
    jobs.expire()
    expect(jobs.find(account, region, id)?.status).toBe('Queued')
    jobs.timeOut(pipeline, 'a1')
    jobs.expire()
    expect(jobs.find(account, region, id)).toBeUndefined()
  })

  it('goes with its pipeline', () => {
    const { id } = only()
    database.run('DELETE FROM pipeline WHERE id = ?', pipeline)
    expect(jobs.find(account, region, id)).toBeUndefined()
  })
})
