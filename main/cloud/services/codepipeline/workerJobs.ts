import { randomUUID } from 'node:crypto'
import type { Clock, Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { CustomTypeId } from './customTypes.ts'

/** `Queued` waits to be taken, `Dispatched` was handed out and not yet acknowledged. */
export type WorkerJobStatus = 'Queued' | 'Dispatched' | 'InProgress' | 'Succeeded' | 'Failed' | 'TimedOut'

/** One job of one attempt of a custom action; an attempt that is continued has several, one after another. */
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

/** The jobs of all custom actions. Each change is durable when it returns. */
export interface WorkerJobs {
  find(account: string, region: string, id: string): WorkerJob | undefined
  /** A job for an attempt, unless one of its jobs is still open. */
  open(job: Pick<WorkerJob, 'pipeline' | 'actionExecutionId' | 'account' | 'region'>, type: CustomTypeId): void
  /** Those that may be handed out now, oldest first. */
  offered(account: string, region: string, type: CustomTypeId): WorkerJob[]
  /** Hands a job out, with a nonce of its own each time. */
  dispatch(job: WorkerJob): WorkerJob & { nonce: string }
  mark(job: WorkerJob, status: WorkerJobStatus): void
  /** Ends a job, and opens the one that goes on from it. */
  continue(job: WorkerJob, continuationToken: string): void
  /** Ends what is open of an attempt. */
  timeOut(pipeline: number, actionExecutionId: string): void
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
    { category, provider, version }: Record<keyof CustomTypeId, string>,
    continuation: string | null,
  ) =>
    database.run(
      `INSERT INTO pipeline_job
         (id, pipeline, action_execution, account, region, category, provider, version, status, continuation)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'Queued', ?)`,
      randomUUID(),
      pipeline,
      actionExecutionId,
      account,
      region,
      category,
      provider,
      version,
      continuation,
    )
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
      const known = database.get(
        `SELECT 1 FROM pipeline_job WHERE pipeline = ? AND action_execution = ? AND ${isOpen}`,
        job.pipeline,
        job.actionExecutionId,
      )
      if (!known) insert(job, type, null)
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
      insert(read(row), row, continuationToken)
    },
    timeOut(pipeline, actionExecutionId) {
      database.run(
        `UPDATE pipeline_job SET status = 'TimedOut' WHERE pipeline = ? AND action_execution = ? AND ${isOpen}`,
        pipeline,
        actionExecutionId,
      )
    },
    expire() {
      database.run(
        `DELETE FROM pipeline_job WHERE NOT (${isOpen}) AND NOT EXISTS
           (SELECT 1 FROM pipeline_action_execution a
            WHERE a.pipeline = pipeline_job.pipeline AND a.id = pipeline_job.action_execution)`,
      )
    },
  }
}
