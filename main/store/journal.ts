import { OperationRecord } from '../../preload/contract/operations.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Database } from './database.ts'
import { fitting } from './json.ts'

/** The journal of what was asked of AWS: every write before it is sent, and again with its answer. */
export interface JournalStore {
  /** On the disk when it returns; gives the number of this change, which only grows. */
  put(record: OperationRecord): number
  /** Newest first. */
  recent(limit: number, key?: PipelineKey): OperationRecord[]
  /** What was sent without an answer being recorded. */
  requested(): OperationRecord[]
  /** Changes after the given one, in their order. */
  changedAfter(change: number): { change: number; record: OperationRecord }[]
  lastChange(): number
}

export function journalStore(database: Database): JournalStore {
  const lastChange = () => Number(database.get('SELECT max(change) AS last FROM journal')?.last ?? 0)
  return {
    lastChange,
    put: record =>
      database.durably(() => {
        const change = lastChange() + 1
        const { key } = record.request
        database.run(
          `INSERT INTO journal (id, change, at, account, region, name, outcome, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET change = excluded.change, outcome = excluded.outcome, json = excluded.json`,
          record.id,
          change,
          record.at,
          key.account,
          key.region,
          key.name,
          record.outcome.state,
          JSON.stringify(OperationRecord.parse(record)),
        )
        return change
      }),
    recent: (limit, key) =>
      fitting(
        key
          ? database.all(
              'SELECT json FROM journal WHERE account = ? AND region = ? AND name = ? ORDER BY at DESC LIMIT ?',
              key.account,
              key.region,
              key.name,
              limit,
            )
          : database.all('SELECT json FROM journal ORDER BY at DESC LIMIT ?', limit),
        OperationRecord,
      ),
    requested: () =>
      fitting(database.all("SELECT json FROM journal WHERE outcome = 'requested' ORDER BY at"), OperationRecord),
    changedAfter: after =>
      database
        .all('SELECT change, json FROM journal WHERE change > ? ORDER BY change', after)
        .flatMap(row => fitting([row], OperationRecord).map(record => ({ change: Number(row.change), record }))),
  }
}
