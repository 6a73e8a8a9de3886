import { z } from 'zod'
import type { CloudEvent } from '../events.ts'
import type { CloudDatabase } from '../state/database.ts'
import type { ActionExecution, ActionPlan } from './model.ts'

/** A value that this program wrote itself. */
const ours = <T extends object>() => z.custom<T>(value => typeof value === 'object' && value !== null)

/**
 * Work that a durable event asked for and that is not known to be done. A row is written in the event's own
 * transaction and leaves when its work is done: for an action or rule when it has ended, for the rest when the next
 * event of the pipeline is written. Doing one twice does no harm.
 */
const task = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('action'), id: z.string() }),
  z.object({ kind: z.literal('rule'), id: z.string() }),
  z.object({ kind: z.literal('release'), action: ours<ActionPlan>(), attempt: ours<ActionExecution>() }),
  z.object({ kind: z.literal('wake'), at: z.number(), what: z.enum(['action', 'rule']), id: z.string() }),
  z.object({ kind: z.literal('announce'), event: ours<CloudEvent>() }),
])
export type Task = z.infer<typeof task>

export interface OutboxEntry {
  id: number
  task: Task
}

/** Durable to-do list of the runner. */
export interface Outbox {
  put(pipeline: number, task: Task): OutboxEntry
  /** Everything not known to be done, oldest first. */
  pending(pipeline: number): OutboxEntry[]
  /** Pipelines that have something left to do. */
  pipelines(): number[]
  done(ids: readonly number[]): void
  /** Forgets the start and the timers of an action or rule that has ended. */
  settled(pipeline: number, target: string): void
}

export function createOutbox(database: CloudDatabase): Outbox {
  return {
    put(pipeline, entry) {
      // A release follows the end of its action: `settled` must not take it away.
      const target = entry.kind === 'announce' || entry.kind === 'release' ? null : entry.id
      const { lastInsertRowid } = database.run(
        'INSERT INTO pipeline_outbox (pipeline, target, task) VALUES (?, ?, ?)',
        pipeline,
        target,
        JSON.stringify(entry),
      )
      return { id: lastInsertRowid, task: entry }
    },
    pending: pipeline =>
      database
        .all<{ id: number; task: string }>(
          'SELECT id, task FROM pipeline_outbox WHERE pipeline = ? ORDER BY id',
          pipeline,
        )
        .map(row => ({ id: row.id, task: task.parse(JSON.parse(row.task)) })),
    pipelines: () =>
      database
        .all<{ pipeline: number }>('SELECT DISTINCT pipeline FROM pipeline_outbox')
        .map(({ pipeline }) => pipeline),
    done(ids) {
      for (const id of ids) database.run('DELETE FROM pipeline_outbox WHERE id = ?', id)
    },
    settled(pipeline, target) {
      database.run('DELETE FROM pipeline_outbox WHERE pipeline = ? AND target = ?', pipeline, target)
    },
  }
}
