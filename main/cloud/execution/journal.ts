import type { CloudDatabase } from '../state/database.ts'
import type { PipelineState, Stamped } from './model.ts'

/** How many past events are kept for reading after the fact while a pipeline is never idle. */
const keptEvents = 1_000

/** A machine as it was last written: the state after `sequence` events. */
export interface Snapshot {
  sequence: number
  state: PipelineState
}

/** Events and the state they led to. The state is written with each event, so old events are only kept for debugging. */
export interface Journal {
  load(pipeline: number): Snapshot | undefined
  append(pipeline: number, snapshot: Snapshot, stamped: Stamped): void
  /** Forgets all events of a pipeline in which nothing moves any more. */
  prune(pipeline: number): void
  events(pipeline: number): Stamped[]
}

export function createJournal(database: CloudDatabase): Journal {
  return {
    load(pipeline) {
      const row = database.get<{ sequence: number; state: string }>(
        'SELECT sequence, state FROM pipeline_state WHERE pipeline = ?',
        pipeline,
      )
      // Written by this program alone, in the transaction of its event: the shape is ours.
      return row && { sequence: row.sequence, state: JSON.parse(row.state) as PipelineState }
    },
    append(pipeline, { sequence, state }, stamped) {
      database.run(
        'INSERT INTO pipeline_event (pipeline, sequence, stamped) VALUES (?, ?, ?)',
        pipeline,
        sequence,
        JSON.stringify(stamped),
      )
      database.run('DELETE FROM pipeline_event WHERE pipeline = ? AND sequence <= ?', pipeline, sequence - keptEvents)
      database.run(
        `INSERT INTO pipeline_state (pipeline, sequence, state) VALUES (?, ?, ?)
         ON CONFLICT (pipeline) DO UPDATE SET sequence = excluded.sequence, state = excluded.state`,
        pipeline,
        sequence,
        JSON.stringify(state),
      )
    },
    prune(pipeline) {
      database.run('DELETE FROM pipeline_event WHERE pipeline = ?', pipeline)
    },
    events: pipeline =>
      database
        .all<{ stamped: string }>('SELECT stamped FROM pipeline_event WHERE pipeline = ? ORDER BY sequence', pipeline)
        .map(row => JSON.parse(row.stamped) as Stamped),
  }
}
