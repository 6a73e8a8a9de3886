import { ActionDetail, type PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Database } from './database.ts'
import { fitting, fittingOne } from './json.ts'

/** Action executions with all that the inspector shows; each attempt is one. */
export interface ActionExecutionStore {
  get(key: PipelineKey, id: string): ActionDetail | undefined
  /** Newest first. */
  ofExecution(key: PipelineKey, executionId: string): ActionDetail[]
  /** Newest first. */
  ofAction(key: PipelineKey, stage: string, action: string, limit: number): ActionDetail[]
  put(actions: readonly ActionDetail[]): void
  /** As {@link put}, for what CodePipeline tells: what other services told (tests, page, log) stays with the record. */
  absorb(actions: readonly ActionDetail[]): void
}

export function actionExecutionStore(database: Database): ActionExecutionStore {
  const where = 'account = ? AND region = ? AND name = ?'
  const of = ({ account, region, name }: PipelineKey) => [account, region, name] as const
  const store: ActionExecutionStore = {
    get: (key, id) =>
      fittingOne(
        database.get(`SELECT json FROM action_executions WHERE ${where} AND id = ?`, ...of(key), id),
        ActionDetail,
      ),
    ofExecution: (key, executionId) =>
      fitting(
        database.all(
          `SELECT json FROM action_executions WHERE ${where} AND execution_id = ? ORDER BY started_at DESC`,
          ...of(key),
          executionId,
        ),
        ActionDetail,
      ),
    ofAction: (key, stage, action, limit) =>
      fitting(
        database.all(
          `SELECT json FROM action_executions WHERE ${where} AND stage = ? AND action = ?
           ORDER BY started_at DESC LIMIT ?`,
          ...of(key),
          stage,
          action,
          limit,
        ),
        ActionDetail,
      ),
    absorb: actions =>
      store.put(
        actions.map(detail => {
          const { tests, deployedUrl, log } = store.get(detail.key, detail.actionExecutionId) ?? {}
          return { ...detail, ...(tests && { tests }), ...(deployedUrl && { deployedUrl }), ...(log && { log }) }
        }),
      ),
    put(actions) {
      database.transaction(() => {
        for (const detail of actions) {
          database.run(
            `INSERT INTO action_executions (account, region, name, id, execution_id, stage, action, started_at, json)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET started_at = excluded.started_at, json = excluded.json`,
            ...of(detail.key),
            detail.actionExecutionId,
            detail.executionId,
            detail.stage,
            detail.action,
            detail.startedAt,
            JSON.stringify(detail),
          )
        }
      })
    },
  }
  return store
}
