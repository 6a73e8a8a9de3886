import type { Account } from '../../../preload/contract/accounts.ts'
import type { Coverage } from '../../../preload/contract/audit.ts'
import type { At } from '../../aws/ask.ts'
import type { CloudTrail } from '../../aws/cloudTrail.ts'
import { createBell } from '../../base/bell.ts'
import type { Clock } from '../../base/clock.ts'
import { pause } from '../../base/pause.ts'
import type { StoredGap } from '../../store/ledger/lanes.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { globalRegion, namesIn } from '../ledger/eventNames.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { coverageOf } from './coverage.ts'
import { createRegionReader, type RegionReader } from './regionReader.ts'
import { readOf } from './window.ts'

/** Between two readings of a region: while somebody looks at the ledger, and else. ms */
const paces = { watched: 60_000, unwatched: 300_000 }

/** Reads CloudTrail in every account and region, within two questions a second for each. */
export interface Reader {
  coverage(): Coverage
  /** At once and after each change, a few times a second at most. While it is watched the ledger is read more often. */
  watch(signal: AbortSignal | undefined): AsyncGenerator<Coverage, void, void>
  /** Reads on now; gives how many regions. */
  refresh(account?: string): number
  /** Reads these names of one region before their turn: something happened of which the trail will tell. */
  hurry(at: At, names: readonly string[]): void
  /** True once all that CloudTrail keeps of the region was read. */
  isComplete(at: At): boolean
  start(): void
  stop(): void
}

/** Whose trails are read. */
export interface FollowedAccounts {
  snapshot(): { accounts: readonly Pick<Account, 'id' | 'regions' | 'session'>[] }
  /** Called after each change; gives how to stop. */
  onChange(listener: () => void): () => void
}

export interface ReaderOptions {
  trail: CloudTrail
  accounts: FollowedAccounts
  ledger: Ledger
  store: LedgerStore
  clock: Clock
  /** After each turn of a region. */
  onTurn: (at: At, signal: AbortSignal) => Promise<void>
}

export function createReader({ trail, accounts, ledger, store, clock, onTurn }: ReaderOptions): Reader {
  const readers = new Map<string, RegionReader>()
  const bell = createBell()
  ledger.onChange(() => bell.ring())
  let watchers = 0
  let stopListening = () => {}

  const note = (found: StoredGap) => {
    // Each name finds the same gap, some seconds apart: it is one.
    const known = store.lanes
      .gaps()
      .find(
        each =>
          each.account === found.account &&
          each.region === found.region &&
          each.why === found.why &&
          each.filledAt === undefined &&
          each.from <= found.to &&
          found.from <= each.to,
      )
    const gap = known ? { ...found, from: known.from, to: Math.max(known.to, found.to) } : found
    if (!store.lanes.putGap(gap)) return
    const [from, to] = [gap.from, gap.to].map(time => new Date(time).toISOString())
    if (from === undefined || to === undefined) return
    ledger.record(gap.account, [
      { source: 'desk', note: { what: 'gap', region: gap.region, at: to, why: gap.why, from, to } },
    ])
  }
  /** What was denied and has been read since is no gap any more. */
  const fill = ({ account, region }: At) => {
    const read = readOf(store.lanes.lanes(account, region), readers.get(`${account}/${region}`)?.state().names ?? [])
    for (const gap of store.lanes.gaps()) {
      const here = gap.account === account && gap.region === region && gap.why === 'denied'
      // What CloudTrail forgot meanwhile is a gap of its own.
      if (!here || gap.filledAt !== undefined || !read || read.to < gap.to) continue
      const now = clock.now()
      store.lanes.putGap({ ...gap, filledAt: now })
      const [at, from, to] = [now, gap.from, gap.to].map(time => new Date(time).toISOString())
      if (at !== undefined && from !== undefined && to !== undefined)
        ledger.record(account, [{ source: 'desk', note: { what: 'gapFilled', region, at, from, to } }])
    }
  }

  const readerOf = (at: At): RegionReader => {
    const id = `${at.account}/${at.region}`
    const known = readers.get(id)
    if (known) return known
    const reader = createRegionReader({
      at,
      names: namesIn(at.region),
      trail,
      ledger,
      store,
      clock,
      pace: () => (watchers > 0 ? paces.watched : paces.unwatched),
      onGap: note,
      onChange: () => bell.ring(),
      async onTurn(where, signal) {
        fill(where)
        await onTurn(where, signal)
      },
    })
    readers.set(id, reader)
    return reader
  }

  const follow = () => {
    const wanted = new Set<string>()
    for (const { id: account, regions, session } of accounts.snapshot().accounts) {
      // Roles are changed in one region, though no pipeline may run there.
      for (const region of new Set([...regions, ...regions.slice(0, 1).map(globalRegion)])) {
        wanted.add(`${account}/${region}`)
        const reader = readerOf({ account, region })
        if (session.state === 'valid') reader.resume()
        else reader.suspend()
      }
    }
    for (const [id, reader] of readers) {
      if (wanted.has(id)) continue
      reader.suspend()
      readers.delete(id)
    }
    bell.ring()
  }
  const coverage = () =>
    coverageOf(
      store,
      [...readers.values()].map(reader => reader.state()),
    )

  return {
    coverage,
    async *watch(signal) {
      watchers++
      // What was read at leisure is read again for whoever looks.
      const due = clock.now() + paces.watched
      if (watchers === 1) for (const reader of readers.values()) if ((reader.state().nextAt ?? 0) > due) reader.hurry()
      try {
        for await (const _ of bell.rings(signal)) {
          yield coverage()
          await pause(clock, 250, signal)
        }
      } finally {
        watchers--
      }
    },
    refresh(account) {
      const asked = [...readers.values()].filter(({ at }) => account === undefined || at.account === account)
      for (const reader of asked) reader.hurry()
      return asked.length
    },
    hurry: ({ account, region }, names) => readers.get(`${account}/${region}`)?.hurry(names),
    isComplete: ({ account, region }) => readers.get(`${account}/${region}`)?.isComplete() ?? false,
    start() {
      follow()
      stopListening = accounts.onChange(follow)
    },
    stop() {
      stopListening()
      for (const reader of readers.values()) reader.suspend()
    },
  }
}
