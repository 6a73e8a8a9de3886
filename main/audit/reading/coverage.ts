import type { Coverage, Gap, RegionCoverage } from '../../../preload/contract/audit.ts'
import type { FailureShape } from '../../../preload/contract/base.ts'
import type { At } from '../../aws/ask.ts'
import type { StoredGap } from '../../store/ledger/lanes.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { gapWords } from '../ledger/claim.ts'
import { readOf } from './window.ts'

/** What a region's reader is doing now. */
export interface ReaderState {
  at: At
  names: readonly string[]
  state: RegionCoverage['state']
  nextAt: number | undefined
  progress: RegionCoverage['progress']
  failure: FailureShape | undefined
}

const instant = (at: number) => new Date(at).toISOString()

/** How far the ledger reaches, as the page is told. */
export function coverageOf(store: LedgerStore, readers: readonly ReaderState[]): Coverage {
  const newest = store.entries.newest()
  return {
    regions: readers.map(({ at, names, state, nextAt, progress, failure }) => {
      const read = readOf(store.lanes.lanes(at.account, at.region), names)
      return {
        account: at.account,
        region: at.region,
        state,
        ...(read && { readFrom: instant(read.from), readTo: instant(read.to) }),
        ...(nextAt !== undefined && { nextAt: instant(nextAt) }),
        ...(progress && { progress }),
        ...(failure && { failure }),
      }
    }),
    gaps: store.lanes.gaps().map(gapOf),
    rows: store.chain.size(),
    heads: store.chain.heads(),
    ...(newest !== undefined && { newest }),
  }
}

const gapOf = ({ account, region, why, from, to, filledAt }: StoredGap): Gap => ({
  account,
  region,
  why,
  from: instant(from),
  to: instant(to),
  words: gapWords[why],
  ...(filledAt !== undefined && { filledAt: instant(filledAt) }),
})
