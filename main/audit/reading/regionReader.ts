import type { RegionCoverage } from '../../../preload/contract/audit.ts'
import type { FailureShape } from '../../../preload/contract/base.ts'
import type { At } from '../../aws/ask.ts'
import { isDenial } from '../../aws/awsFailure.ts'
import type { Cancel } from '../../base/clock.ts'
import { failureShape } from '../../base/rpc.ts'
import { type LaneReading, laneOf, readLane } from './readLane.ts'
import { readOf, retention } from './window.ts'

/** Reads one account's trail in one region, turn after turn. */
export interface RegionReader {
  at: At
  state(): {
    at: At
    names: readonly string[]
    state: RegionCoverage['state']
    nextAt: number | undefined
    progress: RegionCoverage['progress']
    failure: FailureShape | undefined
  }
  /** Reads when its turn comes. */
  resume(): void
  /** Asks nothing more until `resume`. */
  suspend(): void
  /** Reads at once, or right after what it reads now: all names, or only these. */
  hurry(only?: readonly string[]): void
  /** True once everything that CloudTrail keeps was read. */
  isComplete(): boolean
}

export interface RegionReaderOptions extends LaneReading {
  at: At
  names: readonly string[]
  /** Between two turns. ms */
  pace: () => number
  onChange: () => void
  /** After each turn that read everything. */
  onTurn: (at: At, signal: AbortSignal) => Promise<void>
}

export function createRegionReader(options: RegionReaderOptions): RegionReader {
  const { at, names, clock, store, pace, onChange, onTurn, onGap } = options
  let state: RegionCoverage['state'] = 'noSession'
  let progress: RegionCoverage['progress']
  let failure: FailureShape | undefined
  let nextAt: number | undefined
  let timer: Cancel | undefined
  let turn: AbortController | undefined
  /** Names to read right after this turn. */
  const soon = new Set<string>()

  const read = () => readOf(store.lanes.lanes(at.account, at.region), names)
  const become = (next: RegionCoverage['state'], why?: FailureShape) => {
    state = next
    failure = why
    if (next !== 'reading') progress = undefined
    onChange()
  }
  const schedule = (delay: number) => {
    timer?.()
    nextAt = clock.now() + delay
    timer = clock.after(delay, () => void run(soon.size > 0 ? names.filter(name => soon.has(name)) : names))
    onChange()
  }

  const refused = (why: FailureShape) => {
    if (!isDenial(why)) return become('failed', why)
    const now = clock.now()
    const from = Math.min(...names.map(name => laneOf(store.lanes, at, name).read?.to ?? now - retention))
    onGap({ ...at, why: 'denied', from: Math.max(from, now - retention), to: now, filledAt: undefined })
    become('denied', why)
  }

  const run = async (wanted: readonly string[]) => {
    const own = new AbortController()
    turn = own
    nextAt = undefined
    for (const name of wanted) soon.delete(name)
    try {
      let events = 0
      progress = { done: 0, of: wanted.length, events }
      become('reading')
      for (const [done, name] of wanted.entries()) {
        events += await readLane(options, at, name, { priority: 'idle', signal: own.signal })
        progress = { done: done + 1, of: wanted.length, events }
        onChange()
      }
      await onTurn(at, own.signal)
      if (!own.signal.aborted) become('waiting')
    } catch (thrown) {
      if (!own.signal.aborted) refused(failureShape(thrown))
    } finally {
      turn = undefined
      if (!own.signal.aborted) schedule(soon.size > 0 ? 0 : pace())
    }
  }

  return {
    at,
    state: () => ({ at, names, state, nextAt, progress, failure }),
    resume() {
      if (state !== 'noSession') return
      become('waiting')
      schedule(0)
    },
    suspend() {
      timer?.()
      timer = undefined
      nextAt = undefined
      turn?.abort()
      if (state !== 'noSession') become('noSession')
    },
    hurry(only = names) {
      if (state === 'noSession') return
      for (const name of only) soon.add(name)
      if (!turn) schedule(0)
    },
    isComplete: () => read() !== undefined,
  }
}
