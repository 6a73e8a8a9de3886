import type { Lane, StoredGap } from '../../store/ledger/lanes.ts'

const hour = 3_600_000

/** LookupEvents knows no more (fact sheet, 8). ms */
export const retention = 90 * 24 * hour
/**
 * Each reading begins so long before the end of the last one: CloudTrail delivers within minutes as a rule, and promises
 * nothing. What is read twice is recognised by its EventId. ms
 */
export const overlap = 2 * hour

export interface Window {
  from: number
  /** Inclusive. */
  to: number
  /** What is later is recorded: the reading goes on from here towards `from`. */
  reached: number
}

/** What is to be read of a lane now: the rest of what was begun, or all since the last reading. */
export function windowOf(lane: Pick<Lane, 'read' | 'window'>, now: number): Window {
  if (lane.window) return lane.window
  const from = Math.max(lane.read === undefined ? 0 : lane.read.to - overlap, now - retention)
  return { from, to: now, reached: now }
}

/** What the lane covers when its window is read to the end. */
export function readAfter(lane: Pick<Lane, 'read'>, window: Window): { from: number; to: number } {
  return { from: Math.min(lane.read?.from ?? window.from, window.from), to: Math.max(lane.read?.to ?? 0, window.to) }
}

/** What CloudTrail has forgotten since the last reading: the desk was off for too long. */
export function forgotten(lane: Pick<Lane, 'account' | 'region' | 'read'>, window: Window): StoredGap | undefined {
  if (lane.read === undefined || lane.read.to >= window.from) return undefined
  const { account, region } = lane
  return { account, region, why: 'retention', from: lane.read.to, to: window.from, filledAt: undefined }
}

/** A region is read as far as every one of its lanes is. */
export function readOf(lanes: readonly Lane[], names: readonly string[]): { from: number; to: number } | undefined {
  const reads = names.map(name => lanes.find(lane => lane.name === name)?.read)
  if (reads.length === 0 || reads.some(read => read === undefined)) return undefined
  return {
    from: Math.max(...reads.map(read => read?.from ?? 0)),
    to: Math.min(...reads.map(read => read?.to ?? 0)),
  }
}
