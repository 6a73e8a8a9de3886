import type { Millis } from '../../base/clock.ts'
import type { CloudDatabase } from '../state/database.ts'
import type { ActionExecution, Execution, RollbackTarget, RuleExecution, Step } from './model.ts'

/** Says wherever it shows that nothing of this ever ran. */
export const sampleNote = 'Sample data, produced in simulated time'

/** An execution as history keeps it: without its place in the machine, with what a rollback to it needs. */
export type PastExecution = Omit<Execution, 'position' | 'stages' | 'cancelling'>

export interface ExecutionRow {
  execution: PastExecution
  /** Produced in simulated time, for the samples. */
  sample: boolean
}
export interface ActionRow {
  attempt: ActionExecution
  version: number
}
export interface RuleRow {
  run: RuleExecution
  version: number
}

/** Where a page ended; rows are ordered by start, newest first, then by the order in which they were first written. */
export interface Cursor {
  started: Millis
  number: number
}

interface Page<T> {
  rows: T[]
  next?: Cursor
}

interface AttemptFilter {
  execution?: string
  /** Of each action or rule of the execution the latest attempt only. */
  latestOnly?: boolean
}

/** Executions, action executions with every attempt, rule executions: what outlives the machine's state. */
export interface History {
  record(pipeline: number, changed: Step['changed'], version: (executionId: string) => number): void
  execution(pipeline: number, id: string): ExecutionRow | undefined
  executions(pipeline: number, limit: number, from?: Cursor, succeededIn?: SucceededIn): Page<ExecutionRow>
  attempt(pipeline: number, id: string): ActionRow | undefined
  actions(pipeline: number, limit: number, from?: Cursor, filter?: AttemptFilter): Page<ActionRow>
  rules(pipeline: number, limit: number, from?: Cursor, filter?: AttemptFilter): Page<RuleRow>
  succeededIn(pipeline: number, stage: string, executionId: string): boolean
  rollbackTarget(pipeline: number, executionId: string): RollbackTarget | undefined
  /** Forgets what ended and started before a time; AWS keeps twelve months. */
  expire(before: Millis): void
}

interface SucceededIn {
  stage: string
  version: number
}

interface Row {
  number: number
  started: number
  version: number
  sample?: number
  record: string
}

/** Earlier than every row: where the first page begins. */
const newest: Cursor = { started: Number.MAX_SAFE_INTEGER, number: Number.MAX_SAFE_INTEGER }
const after = '(started, number) < (?, ?)'
const order = 'ORDER BY started DESC, number DESC LIMIT ?'

function page<T>(rows: Row[], limit: number, read: (row: Row) => T): Page<T> {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return {
    rows: kept.map(read),
    ...(rows.length > limit && last ? { next: { started: last.started, number: last.number } } : {}),
  }
}

// Every record was written by this file from the machine's own values: the shapes are ours.
const executionRow = (row: Row): ExecutionRow => ({
  execution: JSON.parse(row.record) as PastExecution,
  sample: row.sample === 1,
})
const actionRow = (row: Row): ActionRow => ({
  attempt: JSON.parse(row.record) as ActionExecution,
  version: row.version,
})
const ruleRow = (row: Row): RuleRow => ({ run: JSON.parse(row.record) as RuleExecution, version: row.version })

/** `sample` marks what is written through this history as produced in simulated time. */
export function createHistory(database: CloudDatabase, { sample = false } = {}): History {
  const upsertExecution = (pipeline: number, execution: Execution) => {
    const { position: _position, stages, cancelling: _cancelling, ...past } = execution
    database.run(
      `INSERT INTO pipeline_execution (pipeline, id, version, started, sample, record) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (pipeline, id) DO UPDATE SET record = excluded.record`,
      pipeline,
      execution.id,
      execution.version,
      execution.startedAt,
      sample ? 1 : 0,
      JSON.stringify(past satisfies PastExecution),
    )
    // What never ran left no artifacts: nothing can be rolled back to it.
    if (sample) return
    for (const [stage, passage] of Object.entries(stages)) {
      // A retry may take a success back: the last word of each stage counts.
      const sql =
        passage.status === 'Succeeded'
          ? 'INSERT OR IGNORE INTO pipeline_stage_success (pipeline, stage, execution) VALUES (?, ?, ?)'
          : 'DELETE FROM pipeline_stage_success WHERE pipeline = ? AND stage = ? AND execution = ?'
      database.run(sql, pipeline, stage, execution.id)
    }
  }
  const read = (pipeline: number, id: string) =>
    database.get<Row>('SELECT * FROM pipeline_execution WHERE pipeline = ? AND id = ?', pipeline, id)
  /** Attempts of what `names` tell apart within a stage. */
  const attempts = (
    table: 'pipeline_action_execution' | 'pipeline_rule_execution',
    names: readonly string[],
    pipeline: number,
    limit: number,
    { started, number }: Cursor,
    { execution, latestOnly = false }: AttemptFilter,
  ) => {
    const each = ['stage', ...names].map(name => `json_extract(record, '$.${name}')`).join(', ')
    const where =
      execution === undefined
        ? 'pipeline = ?'
        : latestOnly
          ? `number IN (SELECT max(number) FROM ${table} WHERE pipeline = ? AND execution = ? GROUP BY ${each})`
          : 'pipeline = ? AND execution = ?'
    return database.all<Row>(
      `SELECT * FROM ${table} WHERE ${where} AND ${after} ${order}`,
      pipeline,
      ...(execution === undefined ? [] : [execution]),
      started,
      number,
      limit + 1,
    )
  }

  return {
    record(pipeline, { executions, actions, rules }, version) {
      for (const execution of executions) upsertExecution(pipeline, execution)
      for (const attempt of actions) {
        database.run(
          `INSERT INTO pipeline_action_execution (pipeline, id, execution, version, started, record)
           VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (pipeline, id) DO UPDATE SET record = excluded.record`,
          pipeline,
          attempt.id,
          attempt.executionId,
          version(attempt.executionId),
          attempt.startedAt,
          JSON.stringify(attempt),
        )
      }
      for (const run of rules) {
        database.run(
          `INSERT INTO pipeline_rule_execution (pipeline, id, execution, version, stage, started, record)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pipeline, id) DO UPDATE SET record = excluded.record`,
          pipeline,
          run.id,
          run.executionId,
          version(run.executionId),
          run.stage,
          run.startedAt,
          JSON.stringify(run),
        )
      }
    },
    execution(pipeline, id) {
      const row = read(pipeline, id)
      return row && executionRow(row)
    },
    executions(pipeline, limit, { started, number } = newest, succeeded) {
      const rows = succeeded
        ? database.all<Row>(
            `SELECT e.* FROM pipeline_execution e JOIN pipeline_stage_success s
               ON s.pipeline = e.pipeline AND s.execution = e.id AND s.stage = ?
             WHERE e.pipeline = ? AND e.version = ? AND ${after} ${order}`,
            succeeded.stage,
            pipeline,
            succeeded.version,
            started,
            number,
            limit + 1,
          )
        : database.all<Row>(
            `SELECT * FROM pipeline_execution WHERE pipeline = ? AND ${after} ${order}`,
            pipeline,
            started,
            number,
            limit + 1,
          )
      return page(rows, limit, executionRow)
    },
    attempt(pipeline, id) {
      const row = database.get<Row>(
        'SELECT * FROM pipeline_action_execution WHERE pipeline = ? AND id = ?',
        pipeline,
        id,
      )
      return row && actionRow(row)
    },
    actions: (pipeline, limit, from = newest, filter = {}) =>
      page(attempts('pipeline_action_execution', ['action'], pipeline, limit, from, filter), limit, actionRow),
    rules: (pipeline, limit, from = newest, filter = {}) =>
      page(attempts('pipeline_rule_execution', ['condition', 'rule'], pipeline, limit, from, filter), limit, ruleRow),
    succeededIn: (pipeline, stage, executionId) =>
      database.get(
        'SELECT 1 FROM pipeline_stage_success WHERE pipeline = ? AND stage = ? AND execution = ?',
        pipeline,
        stage,
        executionId,
      ) !== undefined,
    rollbackTarget(pipeline, executionId) {
      const row = read(pipeline, executionId)
      if (!row) return undefined
      const { id, version, revisions, variables, artifacts, outputs } = executionRow(row).execution
      return { executionId: id, version, revisions, variables, artifacts, outputs }
    },
    expire(before) {
      database.transaction(() => {
        const old = `SELECT pipeline, id FROM pipeline_execution
          WHERE started < ? AND json_extract(record, '$.status') NOT IN ('InProgress', 'Stopping')`
        for (const table of ['action_execution', 'rule_execution', 'stage_success']) {
          database.run(`DELETE FROM pipeline_${table} WHERE (pipeline, execution) IN (${old})`, before)
        }
        database.run(`DELETE FROM pipeline_execution WHERE (pipeline, id) IN (${old})`, before)
      })
    },
  }
}
