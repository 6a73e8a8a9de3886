import { SavedQuery } from '../../../preload/contract/audit.ts'
import { Alarm } from '../../../preload/contract/auditReview.ts'
import type { Database } from '../database.ts'
import { fitting, fittingOne } from '../json.ts'

/** Alarms with their sign-offs, and the queries that people saved. */
export interface ReviewStore {
  alarm(id: string): Alarm | undefined
  put(alarm: Alarm): void
  /** Open ones first; newest first. */
  alarms(limit: number): Alarm[]
  open(): number
  queries(): SavedQuery[]
  saveQuery(query: SavedQuery): void
  removeQuery(name: string): void
}

export function reviewStore(database: Database): ReviewStore {
  return {
    alarm: id => fittingOne(database.get('SELECT json FROM ledger_alarms WHERE id = ?', id), Alarm),
    put: alarm =>
      database.run(
        'INSERT OR REPLACE INTO ledger_alarms (id, account, signed_off, at, json) VALUES (?, ?, ?, ?, ?)',
        alarm.id,
        alarm.account,
        alarm.signedOff ? 1 : 0,
        alarm.at,
        JSON.stringify(alarm),
      ),
    alarms: limit =>
      fitting(database.all('SELECT json FROM ledger_alarms ORDER BY signed_off, at DESC LIMIT ?', limit), Alarm),
    open: () => Number(database.get('SELECT count(*) AS n FROM ledger_alarms WHERE signed_off = 0')?.n ?? 0),
    queries: () => fitting(database.all('SELECT json FROM ledger_queries ORDER BY name'), SavedQuery),
    saveQuery: query =>
      database.run(
        'INSERT OR REPLACE INTO ledger_queries (name, json) VALUES (?, ?)',
        query.name,
        JSON.stringify(query),
      ),
    removeQuery: name => database.run('DELETE FROM ledger_queries WHERE name = ?', name),
  }
}
