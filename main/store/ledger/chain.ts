import type { Database } from '../database.ts'

/** One row of an account's chain. `record` is the text that was hashed. */
export interface ChainRow {
  account: string
  /** From 1, without gaps. */
  seq: number
  /** Over the hash before and `record`. */
  hash: string
  record: string
}

export interface Head {
  account: string
  seq: number
  hash: string
}

/** A row as verification reads it: with the entry that shows it. */
export interface CheckedRow extends ChainRow {
  /** JSON of the entry; undefined where none shows the row. */
  entry: string | undefined
  /** True where the row is known to concern no pipeline (yet). */
  pending: boolean
}

/** The chains of all accounts. Only ever added to: triggers refuse the rest. */
export interface ChainStore {
  head(account: string): Head | undefined
  heads(): Head[]
  /** Whether a row with this id of its own (CloudTrail's EventId and such) is there. */
  holds(account: string, ownId: string): boolean
  append(row: ChainRow, ownId: string | undefined): void
  row(account: string, seq: number): ChainRow | undefined
  /** In their order; from `seq` on. */
  checked(account: string, from: number, limit: number): CheckedRow[]
  /** Entries after the id `after`, in their order, each with whether any row tells of it. */
  founded(after: number, limit: number): { id: number; account: string; founded: boolean }[]
  /** Rows in all chains, as their heads say. */
  size(): number
  /** Accounts that have rows or a head. */
  accounts(): string[]
}

export function chainStore(database: Database): ChainStore {
  return {
    head: account => headOf(database.get('SELECT * FROM ledger_heads WHERE account = ?', account)),
    heads: () => database.all('SELECT * FROM ledger_heads ORDER BY account').flatMap(row => headOf(row) ?? []),
    holds: (account, ownId) =>
      database.get('SELECT 1 FROM ledger_rows WHERE account = ? AND own_id = ?', account, ownId) !== undefined,
    append({ account, seq, hash, record }, ownId) {
      database.transaction(() => {
        database.run(
          'INSERT INTO ledger_rows (account, seq, hash, own_id, record) VALUES (?, ?, ?, ?, ?)',
          account,
          seq,
          hash,
          ownId ?? null,
          record,
        )
        database.run(
          `INSERT INTO ledger_heads (account, seq, hash) VALUES (?, ?, ?)
           ON CONFLICT DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
          account,
          seq,
          hash,
        )
      })
    },
    row(account, seq) {
      const row = database.get('SELECT * FROM ledger_rows WHERE account = ? AND seq = ?', account, seq)
      return row && { account, seq, hash: String(row.hash), record: String(row.record) }
    },
    checked: (account, from, limit) =>
      database
        .all(
          `SELECT r.seq, r.hash, r.record, e.json, v.seq IS NOT NULL AND v.entry IS NULL AS pending FROM ledger_rows r
           LEFT JOIN ledger_evidence v ON v.account = r.account AND v.seq = r.seq
           LEFT JOIN ledger_entries e ON e.id = v.entry
           WHERE r.account = ? AND r.seq >= ? ORDER BY r.seq LIMIT ?`,
          account,
          from,
          limit,
        )
        .map(row => ({
          account,
          seq: Number(row.seq),
          hash: String(row.hash),
          record: String(row.record),
          entry: typeof row.json === 'string' ? row.json : undefined,
          pending: row.pending === 1,
        })),
    founded: (after, limit) =>
      database
        .all(
          `SELECT e.id, e.account, EXISTS (
             SELECT 1 FROM ledger_evidence v JOIN ledger_rows r ON r.account = v.account AND r.seq = v.seq
             WHERE v.entry = e.id AND v.account = e.account
           ) AS founded FROM ledger_entries e WHERE e.id > ? ORDER BY e.id LIMIT ?`,
          after,
          limit,
        )
        .map(({ id, account, founded }) => ({ id: Number(id), account: String(account), founded: founded === 1 })),
    size: () => Number(database.get('SELECT sum(seq) AS size FROM ledger_heads')?.size ?? 0),
    accounts: () =>
      database
        .all('SELECT account FROM ledger_heads UNION SELECT DISTINCT account FROM ledger_rows ORDER BY account')
        .map(({ account }) => String(account)),
  }
}

const headOf = (row: Record<string, unknown> | undefined): Head | undefined =>
  row && { account: String(row.account), seq: Number(row.seq), hash: String(row.hash) }
