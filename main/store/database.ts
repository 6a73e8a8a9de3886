import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Failure, messageOf } from '../base/failure.ts'
import { migrate, newest } from './migrations.ts'
import { resultCode, storeFailure } from './storeFailure.ts'

export type Row = Record<string, unknown>
export type Value = SQLInputValue

/**
 * The desk's one database. Calls are synchronous: rows are few and small. They throw a Failure where the file is
 * locked, full, damaged or may not be written.
 */
export interface Database {
  all(sql: string, ...values: Value[]): Row[]
  get(sql: string, ...values: Value[]): Row | undefined
  run(sql: string, ...values: Value[]): void
  /** All of it or nothing. Survives a killed process; the last commits may be lost to a power cut. */
  transaction<T>(work: () => T): T
  /** As {@link transaction}, and on the disk before it returns. */
  durably<T>(work: () => T): T
  close(): void
}

export interface DatabaseLimits {
  /** How many pages of 4 KiB the file may have. */
  mostPages?: number
}

export interface Opened {
  database: Database
  /** Set where the file could not be read and was moved aside: what to tell the person. */
  recovered?: { movedTo: string; why: string }
}

/**
 * Opens the file and brings it to the newest version. A corrupt file is moved aside and a new one begun, because all
 * but the journal and the person's choices can be asked of AWS again.
 *
 * @throws Failure `StoreTooNew` where a newer version of the desk wrote it, `StoreUnavailable` where it can't be opened.
 */
export function openDatabase(file: string, now: number, { mostPages }: DatabaseLimits = {}): Opened {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    return { database: open(file, mostPages) }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    if (!isCorrupt(thrown)) {
      throw new Failure({
        code: 'StoreUnavailable',
        message: `The desk's database could not be opened: ${messageOf(thrown)}.`,
        place: { file },
        next: 'Make sure that the disk has room, that the file may be written and that no other desk uses it.',
        cause: thrown,
      })
    }
    const movedTo = `${file}.corrupt-${new Date(now).toISOString().replaceAll(':', '-')}`
    renameSync(file, movedTo)
    for (const companion of ['-wal', '-shm']) rmSync(file + companion, { force: true })
    return { database: open(file, mostPages), recovered: { movedTo, why: messageOf(thrown) } }
  }
}

/** How long another program's lock is waited for: nothing else happens meanwhile. ms */
const lockWait = { opening: 2_000, open: 250 }

function open(file: string, mostPages: number | undefined): Database {
  const sqlite = new DatabaseSync(file, { timeout: lockWait.opening })
  try {
    sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON')
    const check = sqlite.prepare('PRAGMA quick_check(1)').get()
    if (check?.quick_check !== 'ok') throw new CorruptError(String(check?.quick_check))
    if (migrate(sqlite) === 'tooNew') {
      throw new Failure({
        code: 'StoreTooNew',
        message: `The desk's database was written by a newer version of CloudPipelines (this one knows version ${newest}).`,
        place: { file },
        next: 'Update CloudPipelines, or start it with another data directory.',
      })
    }
  } catch (thrown) {
    sqlite.close()
    throw thrown
  }
  sqlite.exec(`PRAGMA busy_timeout = ${lockWait.open}`)
  if (mostPages !== undefined) sqlite.exec(`PRAGMA max_page_count = ${mostPages}`)
  return wrap(sqlite)
}

class CorruptError extends Error {}

/** SQLITE_CORRUPT (11) and SQLITE_NOTADB (26), in any of their extended forms. */
function isCorrupt(thrown: unknown): boolean {
  if (thrown instanceof CorruptError) return true
  const code = resultCode(thrown)
  return code === 11 || code === 26
}

function wrap(sqlite: DatabaseSync): Database {
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? sqlite.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  const said = <T>(work: () => T): T => {
    try {
      return work()
    } catch (thrown) {
      throw storeFailure(thrown)
    }
  }
  let depth = 0
  const transaction = <T>(work: () => T): T => {
    if (depth > 0) return work()
    said(() => sqlite.exec('BEGIN IMMEDIATE'))
    depth++
    try {
      const result = work()
      sqlite.exec('COMMIT')
      return result
    } catch (thrown) {
      // A full disk has ended the transaction already.
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK')
      throw storeFailure(thrown)
    } finally {
      depth--
    }
  }
  return {
    all: (sql, ...values) => said(() => statement(sql).all(...values)),
    get: (sql, ...values) => said(() => statement(sql).get(...values)),
    run: (sql, ...values) => void said(() => statement(sql).run(...values)),
    transaction,
    durably(work) {
      sqlite.exec('PRAGMA synchronous = FULL')
      try {
        return transaction(work)
      } finally {
        sqlite.exec('PRAGMA synchronous = NORMAL')
      }
    },
    close: () => sqlite.close(),
  }
}
