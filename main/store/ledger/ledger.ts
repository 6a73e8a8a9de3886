import type { Database } from '../database.ts'
import { type ChainStore, chainStore } from './chain.ts'
import { type EntryStore, entryStore } from './entries.ts'
import { type LaneStore, laneStore } from './lanes.ts'
import { type ReviewStore, reviewStore } from './reviews.ts'
import { type VersionStore, versionStore } from './versions.ts'

/** All that Audit keeps. */
export interface LedgerStore {
  chain: ChainStore
  entries: EntryStore
  lanes: LaneStore
  versions: VersionStore
  reviews: ReviewStore
  /** All of it or nothing. */
  transaction<T>(work: () => T): T
  /** As `transaction`, and on the disk before it returns. */
  durably<T>(work: () => T): T
}

export function ledgerStore(database: Database): LedgerStore {
  return {
    chain: chainStore(database),
    entries: entryStore(database),
    lanes: laneStore(database),
    versions: versionStore(database),
    reviews: reviewStore(database),
    transaction: work => database.transaction(work),
    durably: work => database.durably(work),
  }
}
