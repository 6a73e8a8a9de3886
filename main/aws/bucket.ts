import type { Millis } from '../base/clock.ts'

/** What the desk allows itself of one API in one account and region. */
export interface BucketLimits {
  /** Calls per second while nothing throttles. */
  rate: number
  /** Calls that may be made at once after a pause. */
  burst: number
  /** Throttled answers halve the rate, but never below this. */
  slowest: number
  /** How long it takes to get from nothing back to the full rate. ms */
  recovery: Millis
}

/**
 * AWS publishes no rates for CodePipeline; bursts of 20 to 50 calls are known to throttle (fact sheet, 11.2).
 * UNCONFIRMED: five a second is what public tools settled on.
 */
export const defaultLimits: BucketLimits = { rate: 5, burst: 5, slowest: 0.2, recovery: 120_000 }

/** A token bucket as a value; each function gives the next one. */
export interface Bucket {
  readonly limits: BucketLimits
  readonly tokens: number
  /** Tokens per second now. */
  readonly rate: number
  /** When `tokens` and `rate` were true. */
  readonly at: Millis
  /** After a throttled answer nothing is sent before this. */
  readonly pausedUntil: Millis
}

export function fullBucket(limits: BucketLimits, now: Millis): Bucket {
  return { limits, tokens: limits.burst, rate: limits.rate, at: now, pausedUntil: now }
}

/** The bucket as it is at `now`: tokens flow in, and the rate recovers slowly. */
export function refilled(bucket: Bucket, now: Millis): Bucket {
  const elapsed = Math.max(now - bucket.at, 0)
  const flowing = Math.max(now - Math.max(bucket.at, bucket.pausedUntil), 0)
  const { limits } = bucket
  return {
    ...bucket,
    at: Math.max(now, bucket.at),
    rate: Math.min(limits.rate, bucket.rate + (limits.rate * elapsed) / limits.recovery),
    tokens: Math.min(limits.burst, bucket.tokens + (bucket.rate * flowing) / 1000),
  }
}

/** Takes one token, if there is one and `reserve` more stay for those who matter more. */
export function taken(bucket: Bucket, now: Millis, reserve = 0): Bucket | undefined {
  const filled = refilled(bucket, now)
  return now < filled.pausedUntil || filled.tokens < 1 + reserve ? undefined : { ...filled, tokens: filled.tokens - 1 }
}

/** How long until {@link taken} can succeed if nobody takes one before. ms */
export function waitFor(bucket: Bucket, now: Millis, reserve = 0): Millis {
  const filled = refilled(bucket, now)
  const pause = Math.max(filled.pausedUntil - now, 0)
  const missing = Math.max(1 + reserve - filled.tokens, 0)
  // The bucket's rate, not the recovered one: tokens flow at it until somebody takes one.
  return pause + Math.ceil((missing / bucket.rate) * 1000)
}

/** After a throttled answer: half the rate, an empty bucket, and a pause of one call's time at that rate. */
export function throttled(bucket: Bucket, now: Millis): Bucket {
  const filled = refilled(bucket, now)
  // Calls that were sent together are refused together: they halve the rate once.
  if (now < filled.pausedUntil) return filled
  const rate = Math.max(filled.rate / 2, filled.limits.slowest)
  return { ...filled, rate, tokens: 0, pausedUntil: now + Math.max(1000, 1000 / rate) }
}
