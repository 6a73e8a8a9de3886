import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

export type Row = Record<string, unknown>

/** The cloud's durable state. Every service keeps its own tables in it; nothing outside `state/` names SQLite. */
export interface CloudDatabase {
  all<T extends object = Row>(sql: string, ...params: SQLInputValue[]): T[]
  get<T extends object = Row>(sql: string, ...params: SQLInputValue[]): T | undefined
  run(sql: string, ...params: SQLInputValue[]): { changes: number; lastInsertRowid: number }
  /** All or nothing; durable when it returns. May be nested: the outermost commits. */
  transaction<T>(work: () => T): T
  /** Applies the room's migrations that this database has not seen. Append only. */
  migrate(room: string, steps: readonly string[]): void
  close(): void
}

/** Opens (and makes) the database at `path`; `:memory:` for one that dies with the process. */
export function openDatabase(path: string): CloudDatabase {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path)
  // FULL: an event must survive a power cut before its effects start.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000')
  db.exec('CREATE TABLE IF NOT EXISTS migration (room TEXT PRIMARY KEY, version INTEGER NOT NULL)')
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string) => {
    const known = prepared.get(sql)
    if (known) return known
    const made = db.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  let depth = 0
  const self: CloudDatabase = {
    all: <T extends object>(sql: string, ...params: SQLInputValue[]) => statement(sql).all(...params) as T[],
    get: <T extends object>(sql: string, ...params: SQLInputValue[]) => statement(sql).get(...params) as T | undefined,
    run(sql, ...params) {
      const { changes, lastInsertRowid } = statement(sql).run(...params)
      return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) }
    },
    transaction(work) {
      if (depth > 0) return work()
      db.exec('BEGIN IMMEDIATE')
      depth++
      try {
        const result = work()
        db.exec('COMMIT')
        return result
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      } finally {
        depth--
      }
    },
    migrate(room, steps) {
      self.transaction(() => {
        const seen = self.get<{ version: number }>('SELECT version FROM migration WHERE room = ?', room)?.version ?? 0
        for (const step of steps.slice(seen)) db.exec(step)
        self.run(
          'INSERT INTO migration (room, version) VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET version = excluded.version',
          room,
          Math.max(seen, steps.length),
        )
      })
    },
    close: () => db.close(),
  }
  return self
}
