import type { Cancel, Clock, Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { type Ask, type At, priorities } from './ask.ts'
import {
  type Bucket,
  type BucketLimits,
  fullBucket,
  hungry,
  limitsOf,
  onBeat,
  refilled,
  taken,
  throttled,
  waitFor,
} from './bucket.ts'
import { createUsage, type Usage } from './usage.ts'

/** One call that wants to be made. */
export interface Wanted<T> {
  at: At
  /** The IAM action, e.g. `codepipeline:GetPipelineState`: each has a bucket of its own. */
  api: string
  /** Calls with the same text are made once and shared. Absent for writes, which are never shared or repeated. */
  same?: string
  /** The answer is waited for on purpose (a long poll): it takes no place from the others. */
  waits?: boolean
  send(): Promise<T>
}

/** What an error means for the budget. `transient` ones are tried again for reads, `throttled` ones for all. */
export type Verdict = 'throttled' | 'transient' | 'final'

export interface BudgetOptions {
  clock: Clock
  /** In [0, 1): jitter of repeated calls. */
  random: () => number
  judge: (error: unknown) => Verdict
  limits?: (api: string) => BucketLimits
  /** Calls in flight at a time in one account and region; a person's may exceed it by two. */
  concurrency?: number
  /** Calls in flight at a time in all of them. */
  everywhere?: number
  attempts?: number
}

/** One API's bucket as the meter shows it. */
export interface LaneUse {
  api: string
  usage: Usage
  queued: number
  ratePerSecond: number
  nextTryAt: Millis | undefined
}

export interface CallBudget {
  /** Makes the call when its turn has come. Rejects with what `send` rejected with, or `Aborted`. */
  run<T>(wanted: Wanted<T>, ask: Ask): Promise<T>
  /** Every account and region that was ever asked, with each API asked there. */
  usage(): { at: At; lanes: LaneUse[] }[]
  /** Calls per second that the API has now in the account and region. */
  rateOf(at: At, api: string): number
  /** Rejects all that waits and sends nothing more. */
  stop(): void
}

interface Request {
  rank: number
  order: number
  since: Millis
  attempt: number
  notBefore: Millis
  wanted: Wanted<unknown>
  waiters: Set<{ resolve(value: unknown): void; reject(error: unknown): void }>
}
interface Lane {
  bucket: Bucket
  queue: Request[]
  usage: Usage
}
interface Realm {
  at: At
  lanes: Map<string, Lane>
  shared: Map<string, Request>
  inFlight: number
  timer: Cancel | undefined
}

const aborted = () => new Failure({ code: 'Aborted', message: 'The call is no longer wanted.' })
/** Idle and hidden asks leave a token for whoever matters more. */
const reserveOf = (rank: number) => (rank >= priorities.indexOf('idle') ? 1 : 0)
const extraForPerson = 2
/** A person goes first; of the others each lower priority waits at most so much longer, so that nobody starves. ms */
const ahead: Millis = 8_000
const byTurn = (a: Request, b: Request) => turnOf(a) - turnOf(b) || a.order - b.order
const turnOf = ({ rank, since }: Request) => (rank === 0 ? Number.NEGATIVE_INFINITY : since + rank * ahead)

/**
 * The budget above the SDK's clients: a bucket for each account × region × API, an order of who goes first, one call
 * at a time for the same question, and the one retry policy.
 */
export function createCallBudget(options: BudgetOptions): CallBudget {
  const { clock, judge, random, concurrency = 6, everywhere = 100, attempts = 4, limits = limitsOf } = options
  const realms = new Map<string, Realm>()
  /** Those that found no place because the others had them all. */
  const crowdedOut = new Set<Realm>()
  let inFlight = 0
  let order = 0
  let stopped = false

  const realmOf = (at: At): Realm => {
    const id = `${at.account}/${at.region}`
    const known = realms.get(id)
    if (known) return known
    const realm: Realm = { at, lanes: new Map(), shared: new Map(), inFlight: 0, timer: undefined }
    realms.set(id, realm)
    return realm
  }
  const laneOf = (realm: Realm, api: string): Lane => {
    const known = realm.lanes.get(api)
    if (known) return known
    const lane: Lane = { bucket: fullBucket(limits(api), clock.now()), queue: [], usage: createUsage(clock) }
    realm.lanes.set(api, lane)
    return lane
  }
  const sharedName = ({ api, same }: Wanted<unknown>) => (same === undefined ? undefined : `${api} ${same}`)
  const enqueue = (lane: Lane, request: Request) => {
    lane.queue.push(request)
    lane.queue.sort(byTurn)
  }

  /** Starts what may start, best first, then sleeps until the next may. */
  const pump = (realm: Realm) => {
    realm.timer?.()
    realm.timer = undefined
    if (stopped) return
    const now = clock.now()
    let wake = Number.POSITIVE_INFINITY
    const heads = [...realm.lanes.values()].flatMap(lane => lane.queue.map(request => ({ lane, request })))
    heads.sort((a, b) => byTurn(a.request, b.request))
    for (const { lane, request } of heads) {
      const extra = request.rank === 0 ? extraForPerson : 0
      if (!request.wanted.waits) {
        if (realm.inFlight >= concurrency + extra) continue
        if (inFlight >= everywhere + extra) {
          crowdedOut.add(realm)
          break
        }
      }
      const reserve = reserveOf(request.rank)
      const next = now < request.notBefore ? undefined : taken(lane.bucket, now, reserve)
      if (next) {
        lane.bucket = next
        lane.queue.splice(lane.queue.indexOf(request), 1)
        void perform(realm, lane, request)
      } else {
        if (now >= request.notBefore) lane.bucket = hungry(lane.bucket, now)
        const wait = Math.max(request.notBefore - now, waitFor(lane.bucket, now, reserve))
        wake = Math.min(wake, reserve > 0 ? onBeat(now + wait, lane.bucket, reserve) - now : wait)
      }
    }
    if (wake < Number.POSITIVE_INFINITY) realm.timer = clock.after(Math.max(wake, 1), () => pump(realm))
  }

  const settle = (
    realm: Realm,
    request: Request,
    tell: (waiter: { resolve(v: unknown): void; reject(e: unknown): void }) => void,
  ) => {
    const name = sharedName(request.wanted)
    if (name !== undefined) realm.shared.delete(name)
    for (const waiter of request.waiters) tell(waiter)
    request.waiters.clear()
  }

  const perform = async (realm: Realm, lane: Lane, request: Request) => {
    const places = request.wanted.waits ? 0 : 1
    realm.inFlight += places
    inFlight += places
    lane.usage.called()
    request.attempt++
    try {
      const value = await request.wanted.send()
      settle(realm, request, waiter => waiter.resolve(value))
    } catch (error) {
      const verdict = judge(error)
      if (verdict === 'throttled') {
        lane.bucket = throttled(lane.bucket, clock.now())
        lane.usage.throttled()
      }
      const repeatable = verdict === 'throttled' || (verdict === 'transient' && request.wanted.same !== undefined)
      if (repeatable && request.attempt < attempts && request.waiters.size > 0 && !stopped) {
        request.notBefore = clock.now() + random() * 200 * 2 ** request.attempt
        enqueue(lane, request)
      } else {
        settle(realm, request, waiter => waiter.reject(error))
      }
    } finally {
      realm.inFlight -= places
      inFlight -= places
      pump(realm)
      const waiting = [...crowdedOut]
      crowdedOut.clear()
      for (const other of waiting) pump(other)
    }
  }

  return {
    run<T>(wanted: Wanted<T>, ask: Ask): Promise<T> {
      if (stopped || ask.signal?.aborted) return Promise.reject(aborted())
      const realm = realmOf(wanted.at)
      const lane = laneOf(realm, wanted.api)
      const rank = priorities.indexOf(ask.priority)
      const name = sharedName(wanted)
      const known = name === undefined ? undefined : realm.shared.get(name)
      const request = known ?? {
        rank,
        order: order++,
        since: clock.now(),
        attempt: 0,
        notBefore: 0,
        wanted,
        waiters: new Set(),
      }
      if (!known) {
        if (name !== undefined) realm.shared.set(name, request)
        enqueue(lane, request)
      } else if (rank < known.rank) {
        known.rank = rank
        lane.queue.sort(byTurn)
      }
      return new Promise<T>((resolve, reject) => {
        const leave = () => {
          request.waiters.delete(waiter)
          reject(aborted())
          const queued = lane.queue.indexOf(request)
          if (request.waiters.size > 0 || queued < 0) return
          lane.queue.splice(queued, 1)
          if (name !== undefined) realm.shared.delete(name)
        }
        const waiter = {
          resolve: (value: unknown) => {
            ask.signal?.removeEventListener('abort', leave)
            resolve(value as T)
          },
          reject: (error: unknown) => {
            ask.signal?.removeEventListener('abort', leave)
            reject(error)
          },
        }
        request.waiters.add(waiter)
        ask.signal?.addEventListener('abort', leave, { once: true })
        pump(realm)
      })
    },
    usage: () =>
      [...realms.values()].map(({ at, lanes }) => ({
        at,
        lanes: [...lanes].map(([api, { bucket, queue, usage }]) => {
          const { rate, pausedUntil } = refilled(bucket, clock.now())
          const nextTryAt = pausedUntil > clock.now() ? pausedUntil : undefined
          return { api, usage, queued: queue.length, ratePerSecond: rate, nextTryAt }
        }),
      })),
    rateOf: (at, api) => refilled(laneOf(realmOf(at), api).bucket, clock.now()).rate,
    stop() {
      stopped = true
      for (const realm of realms.values()) {
        realm.timer?.()
        for (const lane of realm.lanes.values()) {
          for (const request of lane.queue.splice(0)) settle(realm, request, waiter => waiter.reject(aborted()))
        }
      }
    },
  }
}
