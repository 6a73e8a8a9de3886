import { randomUUID } from 'node:crypto'
import type { Clock, Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { CustomTypeId } from './customTypes.ts'

/** `Queued` waits to be taken, `Dispatched` was handed out and not yet acknowledged. */
export type WorkerJobStatus = 'Queued' | 'Dispatched' | 'InProgress' | 'Succeeded' | 'Failed' | 'TimedOut'

/** Whose work a job is. Workers ask for it by this. */
type JobType = Record<'category' | 'provider' | 'version', string>

/** One job of one attempt, or of one run of a rule; one that is continued has several, one after another. */
export interface WorkerJob {
  id: string
  pipeline: number
  actionExecutionId: string
  account: string
  region: string
  status: WorkerJobStatus
  /** What the worker that was handed the job last must acknowledge it with. */
  nonce?: string
  continuationToken?: string
}

/** The jobs of custom actions, and of functions. Each change is durable when it returns. */
export interface WorkerJobs {
  find(account: string, region: string, id: string): WorkerJob | undefined
  /** The open job of an attempt, or a new one. */
  open(job: Pick<WorkerJob, 'pipeline' | 'actionExecutionId' | 'account' | 'region'>, type: JobType): WorkerJob
  /** Those that may be handed out now, oldest first. */
  offered(account: string, region: string, type: CustomTypeId): WorkerJob[]
  /** Hands a job out, with a nonce of its own each time. */
  dispatch(job: WorkerJob): WorkerJob & { nonce: string }
  mark(job: WorkerJob, status: WorkerJobStatus): void
  /** Ends a job, and opens the one that goes on from it. */
  continue(job: WorkerJob, continuationToken: string): WorkerJob
  /** Ends what is open of an attempt. */
  timeOut(pipeline: number, actionExecutionId: string): void
  /** Offers again what was handed out and not acknowledged: whoever polled may never have heard of it. */
  offerAgain(): void
  /** Forgets the ended jobs of attempts that have left the history. */
  expire(): void
}

/** UNCONFIRMED: how long a worker has to acknowledge a job before another is offered it. */
const patience: Millis = 60_000
const isOpen = `status IN ('Queued', 'Dispatched', 'InProgress')`

interface Row {
  id: string
  pipeline: number
  action_execution: string
  account: string
  region: string
  category: string
  provider: string
  version: string
  status: string
  nonce: string | null
  continuation: string | null
}

const read = ({ nonce, continuation, ...row }: Row): WorkerJob => ({
  id: row.id,
  pipeline: row.pipeline,
  actionExecutionId: row.action_execution,
  account: row.account,
  region: row.region,
  // Written by this file only.
  status: row.status as WorkerJobStatus,
  ...(nonce !== null && { nonce }),
  ...(continuation !== null && { continuationToken: continuation }),
})

export function createWorkerJobs(database: CloudDatabase, clock: Clock): WorkerJobs {
  const insert = (
    { pipeline, actionExecutionId, account, region }: Parameters<WorkerJobs['open']>[0],
    { category, provider, version }: JobType,
    continuation: string | null,
  ): WorkerJob => {
    const id = randomUUID()
    database.run(
      `INSERT INTO pipeline_job
         (id, pipeline, action_execution, account, region, category, provider, version, status, continuation)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'Queued', ?)`,
      id,
      pipeline,
      actionExecutionId,
      account,
      region,
      category,
      provider,
      version,
      continuation,
    )
    const job: WorkerJob = { id, pipeline, actionExecutionId, account, region, status: 'Queued' }
    return continuation === null ? job : { ...job, continuationToken: continuation }
  }
  const setStatus = (id: string, status: WorkerJobStatus) =>
    database.run('UPDATE pipeline_job SET status = ? WHERE id = ?', status, id)

  return {
    find(account, region, id) {
      const row = database.get<Row>(
        'SELECT * FROM pipeline_job WHERE id = ? AND account = ? AND region = ?',
        id,
        account,
        region,
      )
      return row && read(row)
    },
    open(job, type) {
      const known = database.get<Row>(
        `SELECT * FROM pipeline_job WHERE pipeline = ? AND action_execution = ? AND ${isOpen}`,
        job.pipeline,
        job.actionExecutionId,
      )
      return known ? read(known) : insert(job, type, null)
    },
    offered: (account, region, { category, provider, version }) =>
      database
        .all<Row>(
          `SELECT * FROM pipeline_job
           WHERE account = ? AND region = ? AND category = ? AND provider = ? AND version = ?
             AND (status = 'Queued' OR (status = 'Dispatched' AND offered <= ?))
           ORDER BY number`,
          account,
          region,
          category,
          provider,
          version,
          clock.now() - patience,
        )
        .map(read),
    dispatch(job) {
      const nonce = randomUUID()
      database.run(
        `UPDATE pipeline_job SET status = 'Dispatched', nonce = ?, offered = ? WHERE id = ?`,
        nonce,
        clock.now(),
        job.id,
      )
      return { ...job, status: 'Dispatched', nonce }
    },
    mark: ({ id }, status) => void setStatus(id, status),
    continue({ id }, continuationToken) {
      const row = database.get<Row>('SELECT * FROM pipeline_job WHERE id = ?', id)
      if (!row) throw new Error(`Job ${id} is gone`)
      setStatus(id, 'Succeeded')
      return insert(read(row), row, continuationToken)
    },
    timeOut(pipeline, actionExecutionId) {
      database.run(
        `UPDATE pipeline_job SET status = 'TimedOut' WHERE pipeline = ? AND action_execution = ? AND ${isOpen}`,
        pipeline,
        actionExecutionId,
      )
    },
    offerAgain: () => void database.run(`UPDATE pipeline_job SET offered = 0 WHERE status = 'Dispatched'`),
    expire() {
      database.run(
        `DELETE FROM pipeline_job WHERE NOT (${isOpen}) AND NOT EXISTS
           (SELECT 1 FROM pipeline_action_execution a
            WHERE a.pipeline = pipeline_job.pipeline AND a.id = pipeline_job.action_execution)
         AND NOT EXISTS
           (SELECT 1 FROM pipeline_rule_execution r
            WHERE r.pipeline = pipeline_job.pipeline AND r.id = pipeline_job.action_execution)`,
      )
    },
  }
}
