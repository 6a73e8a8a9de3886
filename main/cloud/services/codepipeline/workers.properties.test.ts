import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../../../base/clock.ts'
import { findAction } from '../../execution/lookup.ts'
import type { Execution } from '../../execution/model.ts'
import { runnerOver, type TestRunner } from '../../execution/runner.testing.ts'
import type { Artifacts } from '../../providers/artifacts.ts'
import { customAction } from '../../providers/custom.ts'
import type { PipelineRef } from '../../providers/provider.ts'
import { AwsError } from '../../server/awsError.ts'
import { type CloudDatabase, openDatabase } from '../../state/database.ts'
import { type CustomType, createCustomTypes } from './customTypes.ts'
import { createWorkerJobs, type WorkerJobs } from './workerJobs.ts'
import { createWorkers, jobQueue, type Workers } from './workers.ts'

/** More on request: `JOB_HISTORIES=10000 npx vitest run main/cloud/services/codepipeline/workers.properties.test.ts`. */
const histories = Number(process.env['JOB_HISTORIES'] ?? 500)

const at = { account: '111122223333', region: 'us-east-1' }
const id = { category: 'Deploy', owner: 'Custom', provider: 'ShipIt', version: '1' } as const
const counts = { minimumCount: 0, maximumCount: 0 }
const type: CustomType = {
  actionType: { id, inputArtifactDetails: counts, outputArtifactDetails: counts },
  tags: new Map(),
  deleted: false,
}
const ship = (name: string) => ({ name, actionTypeId: id, timeoutInMinutes: 5 })
const declaration = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/Pipeline',
  executionMode: 'PARALLEL' as const,
  stages: [
    { name: 'First', actions: [ship('a')] },
    { name: 'Second', actions: [ship('b'), ship('c')] },
  ],
}
const caller = { kind: 'service', account: at.account, arn: 'x', userId: 'x', principalArn: 'x' } as const
const unused = () => {
  throw new Error('These actions have no artifacts')
}
const artifacts: Artifacts = { identity: () => caller, place: unused, inputs: unused, open: unused, put: unused }

/** What happens, and to which of the jobs or executions that there are. */
const happening = fc.record({
  what: fc.constantFrom(
    ...(['start', 'poll', 'poll', 'poll', 'claim', 'claim', 'claim', 'late claim', 'succeed', 'succeed'] as const),
    ...(['continue', 'fail', 'stop', 'half a minute', 'minutes', 'restart'] as const),
  ),
  which: fc.nat(),
  worker: fc.constantFrom('ann', 'bob', 'cy'),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

interface Handed {
  job: string
  nonce: string
  worker: string
}

/** Workers at one queue, with what each was told. */
class Workshop {
  readonly #database: CloudDatabase = openDatabase(':memory:')
  readonly #clock: ManualClock = manualClock()
  readonly #pipeline: PipelineRef
  #at: { process: TestRunner; jobs: WorkerJobs; workers: Workers }
  /** Everything that was handed out, oldest first. */
  readonly #handed: Handed[] = []
  readonly #lastHanded = new Map<string, { nonce: string; at: number; restarts: number }>()
  readonly #claimed = new Map<string, string>()
  readonly #ended = new Set<string>()
  /** Tokens that the next job of an attempt must carry. */
  readonly #tokens = new Map<string, string>()
  #count = 0
  #restarts = 0

  constructor() {
    this.#at = this.#process()
    createCustomTypes(this.#database).keep(at.account, at.region, type)
    this.#pipeline = this.#at.process.pipeline(declaration)
  }

  /** What one process of the cloud has: all that it knows is in the database. */
  #process() {
    const customTypes = createCustomTypes(this.#database)
    const jobs = createWorkerJobs(this.#database, this.#clock)
    const custom = customAction({ artifacts, jobs: jobQueue(jobs, customTypes) })
    const process = runnerOver(this.#database, { for: () => custom }, this.#clock)
    const { runner, definitions } = process
    const access = unused
    const options = { database: this.#database, jobs, customTypes, definitions, runner, artifacts, access }
    return { process, jobs, workers: createWorkers({ ...options, goOn: unused }) }
  }

  async happens({ what, which, worker }: Happening): Promise<void> {
    const { process, workers } = this.#at
    const handed = this.#handed[which % Math.max(this.#handed.length, 1)]
    switch (what) {
      case 'start':
        process.startExecution(this.#pipeline, `e${this.#count++}`)
        break
      case 'poll':
        this.#poll(worker, 1 + (which % 3))
        break
      case 'claim':
        if (handed) this.#claim(handed)
        break
      case 'late claim':
        if (handed) this.#claim({ ...handed, nonce: 'guessed' })
        break
      case 'succeed':
        if (handed) this.#result(handed.job, () => workers.succeed(at, handed.job, {}), 'Succeeded')
        break
      case 'fail': {
        const details = { type: 'JobFailed', message: 'no' } as const
        if (handed) this.#result(handed.job, () => workers.fail(at, handed.job, details), 'Failed')
        break
      }
      case 'continue': {
        const continuationToken = `t${this.#count++}`
        if (!handed) break
        const attempt = this.#attemptOf(handed.job)
        if (this.#result(handed.job, () => workers.succeed(at, handed.job, { continuationToken }), 'InProgress'))
          this.#tokens.set(attempt, continuationToken)
        break
      }
      case 'stop':
        process.runner.dispatch(this.#pipeline, {
          kind: 'stopRequested',
          executionId: `e${which % 4}`,
          abandon: which % 2 === 0,
          reason: '',
          by: 'ann',
        })
        break
      case 'half a minute':
        this.#clock.advance(30_000)
        break
      case 'minutes':
        this.#clock.advance(100_000)
        break
      default:
        await process.runner.stop()
        this.#restarts++
        this.#at = this.#process()
        this.#at.process.runner.start()
        this.#at.jobs.offerAgain()
    }
    await settled()
    this.#check()
  }

  #poll(worker: string, most: number) {
    const jobs = this.#at.workers.poll(at, type, most, undefined)
    if (jobs.length > most) throw new Error('more jobs than were asked for')
    for (const { id: job = '', nonce, data } of jobs) {
      const last = this.#lastHanded.get(job)
      if (this.#claimed.has(job)) throw new Error(`${job} was handed out after it was claimed`)
      const patient = last && last.restarts === this.#restarts && this.#clock.now() - last.at < 60_000
      if (patient) throw new Error(`${job} was handed to another while its worker had time to claim it`)
      if (this.#handed.some(each => each.nonce === nonce)) throw new Error('a nonce was given twice')
      const attempt = data?.pipelineContext?.action?.actionExecutionId ?? ''
      if (data?.continuationToken !== this.#tokens.get(attempt)) throw new Error(`${job} lost its continuation token`)
      this.#handed.push({ job, nonce, worker })
      this.#lastHanded.set(job, { nonce, at: this.#clock.now(), restarts: this.#restarts })
    }
  }

  #claim({ job, nonce, worker }: Handed) {
    const mine = this.#lastHanded.get(job)?.nonce === nonce
    const status = refusalOr('InvalidNonceException', () => this.#at.workers.acknowledge(at, job, nonce))
    if (mine === (status === 'refused')) throw new Error(`${job} was ${status} to ${worker}`)
    if (status !== 'InProgress') return
    const other = this.#claimed.get(job)
    if (other !== undefined && other !== worker) throw new Error(`${job} is ${other}'s and ${worker}'s`)
    this.#claimed.set(job, worker)
  }

  /** A result counts once, from a job that is claimed and whose action still waits. */
  #result(job: string, say: () => void, becomes: 'Succeeded' | 'Failed' | 'InProgress'): boolean {
    const attempt = this.#attemptOf(job)
    const counts = this.#claimed.has(job) && !this.#ended.has(job) && this.#statusOf(attempt) === 'InProgress'
    const taken = refusalOr('InvalidJobStateException', () => (say(), 'taken')) === 'taken'
    if (taken !== counts) throw new Error(`the result of ${job} was ${taken ? 'taken' : 'refused'}`)
    if (!taken) return false
    this.#ended.add(job)
    const status = this.#statusOf(attempt)
    if (status !== becomes && status !== undefined) throw new Error(`${attempt} is ${status}`)
    return true
  }

  #attemptOf(job: string): string {
    const found = this.#at.jobs.find(at.account, at.region, job)
    if (!found) throw new Error(`${job} is gone`)
    return found.actionExecutionId
  }
  #statusOf(attempt: string) {
    return findAction(this.#at.process.runner.state(this.#pipeline), attempt)?.attempt.status
  }

  /** An attempt has one open job while it waits. */
  #check() {
    if (this.#at.process.errors.length > 0) throw new AggregateError(this.#at.process.errors)
    const open = this.#database.all<{ attempt: string; open: number }>(
      `SELECT action_execution AS attempt, count(*) AS open FROM pipeline_job
       WHERE status IN ('Queued', 'Dispatched', 'InProgress') GROUP BY action_execution`,
    )
    const several = open.find(each => each.open > 1)
    if (several) throw new Error(`${several.attempt} has ${several.open} open jobs`)
    const waiting = new Set(open.map(({ attempt }) => attempt))
    const { executions } = this.#at.process.runner.state(this.#pipeline)
    for (const { stages } of Object.values(executions))
      for (const { actions } of Object.values(stages))
        for (const attempt of Object.values(actions))
          if (attempt.status === 'InProgress' && !waiting.has(attempt.id))
            throw new Error(`${attempt.id} waits for ever`)
  }

  /** The day ends well: whoever was handed a job and did not claim it is waited for, then all is done. Gives the executions. */
  async finish(): Promise<Execution[]> {
    for (const { job } of this.#handed) if (this.#claimed.has(job) && !this.#ended.has(job)) this.#finishJob(job)
    for (let round = 0; ; round++) {
      await settled()
      const before = this.#handed.length
      if (round === 0) await this.happens({ what: 'restart', which: 0, worker: 'ann' })
      this.#poll('ann', 50)
      const fresh = this.#handed.slice(before)
      if (fresh.length === 0) break
      for (const handed of fresh) {
        this.#claim(handed)
        this.#finishJob(handed.job)
      }
    }
    const { executions } = this.#at.process.runner.state(this.#pipeline)
    await this.#at.process.runner.stop()
    this.#database.close()
    return Object.values(executions)
  }
  #finishJob(job: string) {
    this.#result(job, () => this.#at.workers.succeed(at, job, {}), 'Succeeded')
  }
}

const settled = () => new Promise<void>(resolve => setImmediate(resolve))

function refusalOr<T>(name: string, call: () => T): T | 'refused' {
  try {
    return call()
  } catch (error) {
    if (error instanceof AwsError && error.name === name) return 'refused'
    throw error
  }
}

describe(`${histories} random histories of job workers`, () => {
  it(
    'give each job to one worker, count its result once, carry tokens on, and end every action',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 20, maxLength: 60, size: 'max' }), async happenings => {
          const workshop = new Workshop()
          for (const each of happenings) await workshop.happens(each)
          const executions = await workshop.finish()
          expect(executions.filter(({ position }) => position.at !== 'ended')).toEqual([])
        }),
        { numRuns: histories },
      )
    },
    Math.max(60_000, histories * 100),
  )
})
