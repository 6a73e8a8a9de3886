import type { Ask, At } from '../../aws/ask.ts'
import type { CloudTrail } from '../../aws/cloudTrail.ts'
import type { Clock } from '../../base/clock.ts'
import { Failure } from '../../base/failure.ts'
import type { Lane, LaneStore, StoredGap } from '../../store/ledger/lanes.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { kindOf } from '../ledger/eventNames.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { TrailEvent } from '../ledger/trailEvent.ts'
import { forgotten, readAfter, type Window, windowOf } from './window.ts'

export interface LaneReading {
  trail: CloudTrail
  ledger: Ledger
  store: LedgerStore
  clock: Clock
  /** Told of a stretch that is missing. */
  onGap: (gap: StoredGap) => void
}

/**
 * Reads one event name in one account and region from where it stopped up to now. Each page is recorded together with
 * how far it reached, so that a desk that is killed between two pages goes on after the first. Gives how many events
 * were new.
 *
 * @throws Failure what LookupEvents was refused with.
 */
export async function readLane(reading: LaneReading, at: At, name: string, ask: Ask): Promise<number> {
  const { trail, ledger, store, clock, onGap } = reading
  const lane: Lane = laneOf(store.lanes, at, name)
  const window = windowOf(lane, clock.now())
  const missing = forgotten(lane, window)
  if (missing) onGap(missing)
  const question = { by: { key: 'EventName' as const, value: name }, from: new Date(window.from) }
  // Events tell whole seconds: of the one that was reached some may be missing.
  const to = new Date(Math.floor(window.reached / 1000) * 1000 + 999)
  let token: string | undefined
  let reached = window.reached
  let added = 0
  for (;;) {
    const page = await trail.page(at, { ...question, to, token }, ask)
    const events = page.events.filter(isWanted)
    reached = Math.min(reached, ...page.events.flatMap(timeOf))
    const complete = page.next === undefined
    added += store.durably(() => {
      const recorded = ledger.record(
        at.account,
        // CloudTrail answers newest first and tells whole seconds: of one second the later is to stand later.
        events.toReversed().map(event => ({ source: 'cloudTrail', event })),
      )
      store.lanes.put({ ...lane, ...progress(lane, { ...window, reached }, complete) })
      return recorded.length
    })
    if (page.unreadable > 0) onGap(truncated(at, reached, reached))
    if (page.next === undefined) return added
    if (page.next === token) {
      // The same page would come for ever.
      onGap(truncated(at, window.from, reached))
      store.lanes.put({ ...lane, ...progress(lane, window, true) })
      return added
    }
    if (ask.signal?.aborted) throw new Failure({ code: 'Aborted', message: 'The reading is no longer wanted.' })
    token = page.next
  }
}

export const laneOf = (lanes: LaneStore, { account, region }: At, name: string): Lane =>
  lanes.lanes(account, region).find(lane => lane.name === name) ?? {
    account,
    region,
    name,
    read: undefined,
    window: undefined,
  }

const progress = (lane: Lane, window: Window, complete: boolean): Pick<Lane, 'read' | 'window'> =>
  complete ? { read: readAfter(lane, window), window: undefined } : { read: lane.read, window }

const truncated = ({ account, region }: At, from: number, to: number): StoredGap => ({
  account,
  region,
  why: 'truncated',
  from,
  to,
  filledAt: undefined,
})

/** A name may belong to several services (`TagResource`): only those that the ledger takes. */
function isWanted(event: unknown): boolean {
  const read = TrailEvent.safeParse(event)
  return read.success && kindOf(read.data.eventSource, read.data.eventName) !== undefined
}

function timeOf(event: unknown): number[] {
  const read = TrailEvent.safeParse(event)
  return read.success ? [Date.parse(read.data.eventTime)] : []
}
