import {
  type DayCount,
  type EntryFilter,
  EntryKind,
  type Facets,
  LedgerEntry,
} from '../../../preload/contract/audit.ts'
import type { Database, Row, Value } from '../database.ts'
import { fitting, fittingOne } from '../json.ts'
import { expression, facet, idAt, lastIdOfSecond, perDay } from './search.ts'

/** What an entry is found by, beside what it shows. */
export interface Findable {
  /** Text to search. */
  words: string
  requestId?: string | undefined
  accessKey?: string | undefined
}

/** What people see of the chains: one entry for each happening, however many rows tell of it. */
export interface EntryStore {
  /** The next free id in the second of `at`. */
  nextId(at: string): number
  /** Adds the entry or replaces it. */
  put(entry: LedgerEntry, findable: Findable): void
  get(id: number): LedgerEntry | undefined
  /** The row tells of the entry. */
  attach(account: string, seq: number, entry: number, subject: string | undefined): void
  /** The row concerns a role or project that no known pipeline uses, so far. */
  suspend(account: string, seq: number, subject: string): void
  /** Numbers of rows about a role or project; those that no entry shows, and those that one does. */
  about(account: string, subject: string): { seq: number; entry: number | undefined }[]
  evidenceOf(id: number): { account: string; seq: number }[]
  /** Entries of one name and pipeline within some seconds of `at`. */
  near(account: string, name: string, pipeline: string, at: string, seconds: number): LedgerEntry[]
  requestId(id: number): string | undefined
  accessKey(id: number): string | undefined
  ofRequest(account: string, requestId: string): LedgerEntry | undefined
  /** Oldest first. */
  ofExecution(executionId: string, limit: number): LedgerEntry[]
  ofAccessKey(accessKey: string): LedgerEntry[]
  /** Newest first. */
  named(account: string, name: string, pipeline: string, limit: number): LedgerEntry[]
  /** Newest first, those before `before`. */
  search(filter: EntryFilter, before: number | undefined, limit: number): LedgerEntry[]
  /** At most `most`. */
  count(filter: EntryFilter, most: number): number
  /** Of each day and kind that has any, oldest day first; the filter's own `from` and `to` say nothing. */
  daily(filter: EntryFilter, from: string, to: string): DayCount[]
  newest(): number | undefined
  facets(): Facets
}

export function entryStore(database: Database): EntryStore {
  const known = new Set<string>()
  const offer = (kind: keyof Facets, value: string) => {
    const name = `${kind} ${value}`
    if (known.has(name)) return
    database.run('INSERT OR IGNORE INTO ledger_facets (kind, value) VALUES (?, ?)', kind, value)
    known.add(name)
  }
  const offerAll = (entry: LedgerEntry) => {
    offer('accounts', entry.account)
    offer('regions', entry.region)
    offer('names', entry.name)
    for (const name of pipelinesOf(entry)) offer('pipelines', name)
    if (entry.who.kind !== 'unknown') offer(entry.who.kind === 'person' ? 'people' : 'automation', entry.who.name)
  }
  const all = (sql: string, ...values: Value[]) => fitting(database.all(sql, ...values), LedgerEntry)
  const found = (filter: EntryFilter, before: number | undefined, limit: number): { sql: string; values: Value[] } => {
    const match = expression(filter)
    const upper = Math.min(before ?? Number.MAX_SAFE_INTEGER, filter.to ? idAt(filter.to) : Number.MAX_SAFE_INTEGER)
    const lower = filter.from ? idAt(filter.from) : 0
    return match === undefined
      ? {
          sql: 'SELECT id FROM ledger_entries WHERE id < ? AND id >= ? ORDER BY id DESC LIMIT ?',
          values: [upper, lower, limit],
        }
      : {
          sql: `SELECT rowid AS id FROM ledger_search WHERE ledger_search MATCH ? AND rowid < ? AND rowid >= ?
                ORDER BY rowid DESC LIMIT ?`,
          values: [match, upper, lower, limit],
        }
  }
  return {
    nextId(at) {
      const first = idAt(at)
      const last = database.get(
        'SELECT max(id) AS last FROM ledger_entries WHERE id BETWEEN ? AND ?',
        first,
        lastIdOfSecond(first),
      )
      return typeof last?.last === 'number' ? last.last + 1 : first
    },
    put(entry, { words, requestId, accessKey }) {
      database.transaction(() => {
        database.run(
          `INSERT INTO ledger_entries (id, account, region, name, pipeline, execution_id, request_id, access_key, json)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name,
           pipeline = excluded.pipeline, execution_id = excluded.execution_id,
           request_id = excluded.request_id, access_key = excluded.access_key, json = excluded.json`,
          entry.id,
          entry.account,
          entry.region,
          entry.name,
          entry.pipeline ?? '',
          entry.executionId ?? null,
          requestId ?? null,
          accessKey ?? null,
          JSON.stringify(entry),
        )
        database.run(
          'INSERT OR REPLACE INTO ledger_search (rowid, words, facets) VALUES (?, ?, ?)',
          entry.id,
          words,
          facetsOf(entry),
        )
        offerAll(entry)
      })
    },
    get: id => fittingOne(database.get('SELECT json FROM ledger_entries WHERE id = ?', id), LedgerEntry),
    attach: (account, seq, entry, subject) => attach(account, seq, entry, subject ?? null),
    suspend: (account, seq, subject) => attach(account, seq, null, subject),
    about: (account, subject) =>
      database
        .all('SELECT seq, entry FROM ledger_evidence WHERE account = ? AND subject = ? ORDER BY seq', account, subject)
        .map(({ seq, entry }) => ({ seq: Number(seq), entry: typeof entry === 'number' ? entry : undefined })),
    evidenceOf: id =>
      database
        .all('SELECT account, seq FROM ledger_evidence WHERE entry = ? ORDER BY seq', id)
        .map(({ account, seq }) => ({ account: String(account), seq: Number(seq) })),
    near: (account, name, pipeline, at, seconds) =>
      all(
        `SELECT json FROM ledger_entries WHERE account = ? AND name = ? AND pipeline = ? AND id BETWEEN ? AND ?
         ORDER BY id`,
        account,
        name,
        pipeline,
        idAt(at) - seconds * secondStep,
        lastIdOfSecond(idAt(at)) + seconds * secondStep,
      ),
    requestId: id => textOf(database.get('SELECT request_id AS text FROM ledger_entries WHERE id = ?', id)),
    accessKey: id => textOf(database.get('SELECT access_key AS text FROM ledger_entries WHERE id = ?', id)),
    ofRequest: (account, requestId) =>
      fittingOne(
        database.get('SELECT json FROM ledger_entries WHERE account = ? AND request_id = ?', account, requestId),
        LedgerEntry,
      ),
    ofExecution: (executionId, limit) =>
      all('SELECT json FROM ledger_entries WHERE execution_id = ? ORDER BY id LIMIT ?', executionId, limit),
    ofAccessKey: accessKey => all('SELECT json FROM ledger_entries WHERE access_key = ?', accessKey),
    named: (account, name, pipeline, limit) =>
      all(
        `SELECT json FROM ledger_entries WHERE account = ? AND name = ? AND pipeline = ? ORDER BY id DESC LIMIT ?`,
        account,
        name,
        pipeline,
        limit,
      ),
    search(filter, before, limit) {
      const { sql, values } = found(filter, before, limit)
      return all(`SELECT e.json FROM (${sql}) f JOIN ledger_entries e ON e.id = f.id ORDER BY e.id DESC`, ...values)
    },
    count(filter, most) {
      const { sql, values } = found(filter, undefined, most)
      return Number(database.get(`SELECT count(*) AS n FROM (${sql})`, ...values)?.n ?? 0)
    },
    daily: (filter, from, to) =>
      (filter.kinds ?? EntryKind.options)
        .flatMap(kind =>
          database
            .all(
              // The step stands in the text: a bound number is a float to SQLite, and days are whole.
              `SELECT rowid / ${perDay} AS day, count(*) AS n FROM ledger_search
               WHERE ledger_search MATCH ? AND rowid >= ? AND rowid < ? GROUP BY day`,
              expression({ ...filter, kinds: [kind] }) ?? '',
              idAt(from),
              idAt(to),
            )
            .map(({ day, n }) => ({ day: new Date(Number(day) * dayMs).toISOString(), kind, count: Number(n) })),
        )
        .sort((one, other) => one.day.localeCompare(other.day)),
    newest: () => numberOf(database.get('SELECT max(id) AS n FROM ledger_entries')),
    facets() {
      const values = (kind: keyof Facets) =>
        database
          .all('SELECT value FROM ledger_facets WHERE kind = ? ORDER BY value', kind)
          .map(row => String(row.value))
      const [from, to] = ['ASC', 'DESC'].map(order =>
        fittingOne(database.get(`SELECT json FROM ledger_entries ORDER BY id ${order} LIMIT 1`), LedgerEntry),
      )
      return {
        accounts: values('accounts'),
        regions: values('regions'),
        pipelines: values('pipelines'),
        people: values('people'),
        automation: values('automation'),
        names: values('names'),
        ...(from && { from: from.at }),
        ...(to && { to: to.at }),
      }
    },
  }

  function attach(account: string, seq: number, entry: number | null, subject: string | null) {
    database.run(
      `INSERT INTO ledger_evidence (account, seq, entry, subject) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET entry = excluded.entry, subject = excluded.subject`,
      account,
      seq,
      entry,
      subject,
    )
  }
}

const dayMs = 86_400_000
const secondStep = lastIdOfSecond(0) + 1
const textOf = (row: Row | undefined) => (typeof row?.text === 'string' ? row.text : undefined)
const numberOf = (row: Row | undefined) => (typeof row?.n === 'number' ? row.n : undefined)
const pipelinesOf = ({ pipeline, pipelines }: LedgerEntry) =>
  pipeline === undefined ? pipelines : [pipeline, ...pipelines]

const facetsOf = (entry: LedgerEntry): string =>
  [
    facet('a', entry.account),
    facet('r', entry.region),
    facet('k', entry.kind),
    facet('n', entry.name),
    facet('w', entry.who.name),
    facet('e', String(entry.refused !== undefined)),
    ...pipelinesOf(entry).map(name => facet('p', name)),
    ...(entry.executionId === undefined ? [] : [facet('x', entry.executionId)]),
  ].join(' ')
