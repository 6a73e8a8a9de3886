import { ExecutionSummary, type PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Database } from './database.ts'
import { fitting, fittingOne } from './json.ts'

/** Pipeline executions as lists show them. */
export interface ExecutionStore {
  /** Newest first. */
  newest(key: PipelineKey, limit: number): ExecutionSummary[]
  get(key: PipelineKey, id: string): ExecutionSummary | undefined
  put(key: PipelineKey, executions: readonly ExecutionSummary[]): void
}

export function executionStore(database: Database): ExecutionStore {
  return {
    newest: ({ account, region, name }, limit) =>
      fitting(
        database.all(
          `SELECT json FROM executions WHERE account = ? AND region = ? AND name = ?
           ORDER BY started_at DESC LIMIT ?`,
          account,
          region,
          name,
          limit,
        ),
        ExecutionSummary,
      ),
    get: ({ account, region, name }, id) =>
      fittingOne(
        database.get(
          'SELECT json FROM executions WHERE account = ? AND region = ? AND name = ? AND id = ?',
          account,
          region,
          name,
          id,
        ),
        ExecutionSummary,
      ),
    put({ account, region, name }, executions) {
      database.transaction(() => {
        for (const execution of executions) {
          database.run(
            `INSERT INTO executions (account, region, name, id, started_at, json) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET started_at = excluded.started_at, json = excluded.json`,
            account,
            region,
            name,
            execution.id,
            execution.startedAt,
            JSON.stringify(execution),
          )
        }
      })
    },
  }
}
