import { assertNever } from '../../../base/assertNever.ts'
import type { Millis } from '../../../base/clock.ts'
import type { Aim, Fault, Limit, Odds, Rule } from './rules.ts'
import { type TokenBucket, takeToken } from './tokenBucket.ts'

/** A call that may meet with a fault. */
export interface Asked {
  account: string
  region: string
  service: string
  operation: string
}

/** A rule that is on, and what came of it so far. */
export interface Armed {
  rule: Rule
  since: Millis
  /** How many calls it befell. */
  fired: number
  /** Of a limit: what is left to each account, region and operation. */
  buckets: ReadonlyMap<string, TokenBucket>
}

/** What is to become of a call, after `delay` ms. */
export type Fate = { delay: Millis } & (
  | { kind: 'proceed' }
  | { kind: 'refuse'; as: 'throttled' | 'expired' | 'internalError' | 'unavailable' }
  | { kind: 'drop'; when: 'before' | 'after' }
)

export const arm = (rule: Rule, now: Millis): Armed => ({ rule, since: now, fired: 0, buckets: new Map() })

/**
 * What becomes of a call, by the rules in their order: delays add up, and the first rule that ends the call has the
 * last word. `draw` gives a number in [0, 1).
 */
export function decide(
  armed: readonly Armed[],
  asked: Asked,
  now: Millis,
  draw: () => number,
): { fate: Fate; armed: readonly Armed[] } {
  let delay = 0
  let end: Exclude<Outcome, { kind: 'delay' }> | undefined
  const after = armed.map(one => {
    // What no longer reaches a call neither befalls it nor counts.
    if (end || !aimsAt(one.rule.aim, asked)) return one
    const met = one.rule.kind === 'limit' ? limited(one, one.rule, asked, now) : struck(one, one.rule, now, draw)
    if (met.outcome?.kind === 'delay') delay += met.outcome.by
    else end = met.outcome
    return met.armed
  })
  return { fate: { delay, ...(end ?? { kind: 'proceed' }) }, armed: after }
}

type Outcome =
  | { kind: 'delay'; by: Millis }
  | { kind: 'refuse'; as: 'throttled' | 'expired' | 'internalError' | 'unavailable' }
  | { kind: 'drop'; when: 'before' | 'after' }

interface Met {
  armed: Armed
  outcome?: Outcome
}

function aimsAt(aim: Aim, asked: Asked): boolean {
  return (
    (aim.account === undefined || aim.account === asked.account) &&
    (aim.service === '*' || aim.service === asked.service) &&
    (aim.operation.endsWith('*')
      ? asked.operation.startsWith(aim.operation.slice(0, -1))
      : aim.operation === asked.operation)
  )
}

function limited(armed: Armed, { perSecond }: Limit, asked: Asked, now: Millis): Met {
  const key = `${asked.account}/${asked.region}/${asked.service}.${asked.operation}`
  const { bucket, taken } = takeToken(armed.buckets.get(key), perSecond, now)
  const after = { ...armed, buckets: new Map(armed.buckets).set(key, bucket) }
  if (taken) return { armed: after }
  return { armed: { ...after, fired: armed.fired + 1 }, outcome: { kind: 'refuse', as: 'throttled' } }
}

function struck(armed: Armed, { trouble, odds }: Fault, now: Millis, draw: () => number): Met {
  if (!isOn(armed, odds, now) || (odds.share !== undefined && draw() >= odds.share)) return { armed }
  return { armed: { ...armed, fired: armed.fired + 1 }, outcome: outcomeOf(trouble, draw) }
}

const isOn = ({ fired, since }: Armed, { times, lasting }: Odds, now: Millis) =>
  (times === undefined || fired < times) && (lasting === undefined || now - since < lasting)

function outcomeOf(trouble: Fault['trouble'], draw: () => number): Outcome {
  switch (trouble.kind) {
    case 'latency':
      return { kind: 'delay', by: trouble.from + (trouble.to - trouble.from) * draw() }
    case 'serverError':
      return { kind: 'refuse', as: trouble.status === 500 ? 'internalError' : 'unavailable' }
    case 'dropped':
      return { kind: 'drop', when: trouble.when }
    case 'expired':
    case 'throttled':
      return { kind: 'refuse', as: trouble.kind }
    default:
      return assertNever(trouble)
  }
}
