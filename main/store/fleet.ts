import { type PipelineKey, PipelineRow, PipelineView } from '../../preload/contract/pipelines.ts'
import type { Database } from './database.ts'
import { fitting, fittingOne } from './json.ts'

/** The last snapshot of what the screens showed, so that the next start begins with it. */
export interface FleetStore {
  rows(): PipelineRow[]
  /** A few of an account's rows. */
  some(account: string, limit: number): PipelineRow[]
  putRow(row: PipelineRow): void
  /** Forgets the pipeline and everything known of it. */
  remove(key: PipelineKey): void
  /** Whether this account and region was listed once, ever. */
  wasListed(at: { account: string; region: string }): boolean
  putListed(at: { account: string; region: string }): void
  view(key: PipelineKey): PipelineView | undefined
  putView(view: PipelineView): void
}

export function fleetStore(database: Database): FleetStore {
  const put = (table: 'rows' | 'views', { account, region, name }: PipelineKey, value: unknown) =>
    database.run(
      `INSERT INTO ${table} (account, region, name, json) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET json = excluded.json`,
      account,
      region,
      name,
      JSON.stringify(value),
    )
  return {
    rows: () => fitting(database.all('SELECT json FROM rows'), PipelineRow),
    some: (account, limit) =>
      fitting(database.all('SELECT json FROM rows WHERE account = ? LIMIT ?', account, limit), PipelineRow),
    putRow: row => put('rows', row.key, row),
    remove({ account, region, name }) {
      database.transaction(() => {
        for (const table of ['rows', 'views', 'definitions', 'executions', 'action_executions', 'pasts']) {
          database.run(`DELETE FROM ${table} WHERE account = ? AND region = ? AND name = ?`, account, region, name)
        }
      })
    },
    wasListed: ({ account, region }) =>
      database.get('SELECT 1 FROM listings WHERE account = ? AND region = ?', account, region) !== undefined,
    putListed: ({ account, region }) =>
      database.run('INSERT INTO listings (account, region) VALUES (?, ?) ON CONFLICT DO NOTHING', account, region),
    view: ({ account, region, name }) =>
      fittingOne(
        database.get('SELECT json FROM views WHERE account = ? AND region = ? AND name = ?', account, region, name),
        PipelineView,
      ),
    putView: view => put('views', view.row.key, view),
  }
}
