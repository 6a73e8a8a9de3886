import type { Database, Row } from '../database.ts'

/** How far one event name is read in one account and region. Instants in ms. */
export interface Lane {
  account: string
  region: string
  /** E.g. `UpdatePipeline`. */
  name: string
  /** Complete from `readFrom` to `readTo`, but for the gaps. */
  read: { from: number; to: number } | undefined
  /**
   * The reading that is under way, newest first: what is later than `reached` is recorded. Survives a killed desk,
   * which a page token would not.
   */
  window: { from: number; to: number; reached: number } | undefined
}

export interface StoredGap {
  account: string
  region: string
  why: 'retention' | 'denied' | 'truncated'
  from: number
  to: number
  filledAt: number | undefined
}

/** Watermarks, gaps, and how far other sources were followed. */
export interface LaneStore {
  lanes(account: string, region: string): Lane[]
  put(lane: Lane): void
  gaps(): StoredGap[]
  /** Adds a gap or moves its end. True where it is new. */
  putGap(gap: StoredGap): boolean
  /** A number that only grows, 0 where nothing was kept. */
  cursor(name: string): number
  setCursor(name: string, value: number): void
}

export function laneStore(database: Database): LaneStore {
  return {
    lanes: (account, region) =>
      database
        .all('SELECT * FROM ledger_lanes WHERE account = ? AND region = ? ORDER BY name', account, region)
        .map(laneOf),
    put({ account, region, name, read, window }) {
      database.run(
        `INSERT OR REPLACE INTO ledger_lanes
         (account, region, name, read_from, read_to, window_from, window_to, reached) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        account,
        region,
        name,
        read?.from ?? null,
        read?.to ?? null,
        window?.from ?? null,
        window?.to ?? null,
        window?.reached ?? null,
      )
    },
    gaps: () => database.all('SELECT * FROM ledger_gaps ORDER BY from_at').map(gapOf),
    putGap({ account, region, why, from, to, filledAt }) {
      const before = database.get(
        'SELECT 1 FROM ledger_gaps WHERE account = ? AND region = ? AND why = ? AND from_at = ?',
        account,
        region,
        why,
        from,
      )
      database.run(
        `INSERT OR REPLACE INTO ledger_gaps (account, region, why, from_at, to_at, filled_at) VALUES (?, ?, ?, ?, ?, ?)`,
        account,
        region,
        why,
        from,
        to,
        filledAt ?? null,
      )
      return before === undefined
    },
    cursor: name => Number(database.get('SELECT value FROM ledger_cursors WHERE name = ?', name)?.value ?? 0),
    setCursor: (name, value) =>
      database.run('INSERT OR REPLACE INTO ledger_cursors (name, value) VALUES (?, ?)', name, value),
  }
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)

function laneOf(row: Row): Lane {
  const [from, to] = [numberOf(row.read_from), numberOf(row.read_to)]
  const [windowFrom, windowTo, reached] = [numberOf(row.window_from), numberOf(row.window_to), numberOf(row.reached)]
  return {
    account: String(row.account),
    region: String(row.region),
    name: String(row.name),
    read: from !== undefined && to !== undefined ? { from, to } : undefined,
    window:
      windowFrom !== undefined && windowTo !== undefined && reached !== undefined
        ? { from: windowFrom, to: windowTo, reached }
        : undefined,
  }
}

const whys = ['retention', 'denied', 'truncated'] as const

function gapOf(row: Row): StoredGap {
  return {
    account: String(row.account),
    region: String(row.region),
    why: whys.find(why => why === row.why) ?? 'truncated',
    from: Number(row.from_at),
    to: Number(row.to_at),
    filledAt: numberOf(row.filled_at),
  }
}
