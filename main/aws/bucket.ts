import type { Millis } from '../base/clock.ts'

/** What the desk allows itself of one API in one account and region. */
export interface BucketLimits {
  /** Calls per second to begin with. */
  rate: number
  /** Never more, however much the account would allow. Calls per second. */
  fastest: number
  /** Calls that may be made at once after a pause. */
  burst: number
  /** Throttled answers halve the rate, but never below this. */
  slowest: number
  /** How long it takes to get from nothing back to the first rate. ms */
  recovery: Millis
  /** Calls must have waited without a pause for so long before more than ever is tried; ten times it after a refusal. ms */
  patience: Millis
}

/**
 * AWS publishes no rates for CodePipeline; bursts of 20 to 50 calls are known to throttle (fact sheet, 11.2).
 * UNCONFIRMED: five a second is what public tools settled on. The burst is small, because calls that left one after
 * the other may arrive together.
 */
export const defaultLimits: BucketLimits = {
  rate: 5,
  fastest: 20,
  burst: 4,
  slowest: 0.2,
  recovery: 120_000,
  patience: 60_000,
}

/** A standard queue takes nearly any number of calls a second (SQS's quotas); the desk keeps far below. */
const queueLimits: BucketLimits = { ...defaultLimits, rate: 50, fastest: 50, burst: 50, slowest: 1 }

/** LookupEvents answers two questions a second for an account and region, whoever asks (fact sheet, 8). */
const trailLimits: BucketLimits = { ...defaultLimits, rate: 2, fastest: 2, burst: 2 }

/** What the desk begins with for an API, e.g. `codepipeline:GetPipelineState`. */
export const limitsOf = (api: string): BucketLimits =>
  api.startsWith('sqs:') ? queueLimits : api === 'cloudtrail:LookupEvents' ? trailLimits : defaultLimits

/** Getting beyond what is known to be allowed takes five times as long as getting back to it. */
const caution = 5
/** What a refusal leaves of the rate that is held to be allowed. */
const afterRefusal = 0.8

/** A token bucket as a value; each function gives the next one. */
export interface Bucket {
  readonly limits: BucketLimits
  readonly tokens: number
  /** Tokens per second now. */
  readonly rate: number
  /** The rate that the account is held to allow; refusals lower it, hunger without them raises it. */
  readonly ceiling: number
  /** When `tokens` and `rate` were true. */
  readonly at: Millis
  /** After a throttled answer nothing is sent before this. */
  readonly pausedUntil: Millis
  /** Set while calls wait for tokens: since when they have done so for long enough to try for more. */
  readonly growsFrom: Millis | undefined
  readonly refused: boolean
}

export function fullBucket(limits: BucketLimits, now: Millis): Bucket {
  const { burst, rate } = limits
  return {
    limits,
    tokens: burst,
    rate,
    ceiling: rate,
    at: now,
    pausedUntil: now,
    growsFrom: undefined,
    refused: false,
  }
}

/** The bucket as it is at `now`: tokens flow in, the rate recovers slowly, and more slowly grows while calls wait. */
export function refilled(bucket: Bucket, now: Millis): Bucket {
  const elapsed = Math.max(now - bucket.at, 0)
  const flowing = Math.max(now - Math.max(bucket.at, bucket.pausedUntil), 0)
  const { limits, growsFrom } = bucket
  const step = limits.rate / limits.recovery
  const hungry = growsFrom === undefined ? 0 : Math.max(now - Math.max(bucket.at, growsFrom), 0)
  const ceiling = Math.min(Math.max(limits.fastest, bucket.ceiling), bucket.ceiling + (hungry * step) / caution)
  const tokens = Math.min(limits.burst, bucket.tokens + (bucket.rate * flowing) / 1000)
  return {
    ...bucket,
    at: Math.max(now, bucket.at),
    ceiling,
    rate: Math.min(ceiling, bucket.rate + step * elapsed),
    tokens,
    growsFrom: tokens < limits.burst ? growsFrom : undefined,
  }
}

/** Takes one token, if there is one and `reserve` more stay for those who matter more. */
export function taken(bucket: Bucket, now: Millis, reserve = 0): Bucket | undefined {
  const filled = refilled(bucket, now)
  return now < filled.pausedUntil || filled.tokens < 1 + reserve ? undefined : { ...filled, tokens: filled.tokens - 1 }
}

/** Somebody found no token. */
export function hungry(bucket: Bucket, now: Millis): Bucket {
  const filled = refilled(bucket, now)
  const patience = filled.limits.patience * (filled.refused ? 10 : 1)
  return filled.growsFrom === undefined ? { ...filled, growsFrom: now + patience } : filled
}

/** How long until {@link taken} can succeed if nobody takes one before. ms */
export function waitFor(bucket: Bucket, now: Millis, reserve = 0): Millis {
  const filled = refilled(bucket, now)
  const pause = Math.max(filled.pausedUntil - now, 0)
  const missing = Math.max(1 + reserve - filled.tokens, 0)
  // The bucket's rate, not the recovered one: tokens flow at it until somebody takes one.
  return pause + Math.ceil((missing / bucket.rate) * 1000)
}

/** The shortest beat. ms */
const shortest: Millis = 100

/**
 * The next beat at or after `at` for those who can wait: the same for all buckets of a rate, so that calls of many
 * accounts leave together and the process sleeps in between, and never so late that the bucket overflows meanwhile.
 */
export function onBeat(at: Millis, { limits: { burst }, rate }: Bucket, reserve: number): Millis {
  const longest = ((burst - reserve - 1) / rate) * 1000
  if (longest < shortest) return at
  const beat = shortest * 2 ** Math.floor(Math.log2(longest / shortest))
  return Math.ceil(at / beat) * beat
}

/** After a throttled answer: half the rate, an empty bucket, and a pause of one call's time at that rate. */
export function throttled(bucket: Bucket, now: Millis): Bucket {
  const filled = refilled(bucket, now)
  // Calls that were sent together are refused together: they halve the rate once.
  if (now < filled.pausedUntil) return filled
  const { slowest } = filled.limits
  const rate = Math.max(filled.rate / 2, slowest)
  return {
    ...filled,
    rate,
    ceiling: Math.max(Math.min(filled.ceiling, filled.rate * afterRefusal), slowest),
    tokens: 0,
    pausedUntil: now + Math.max(1000, 1000 / rate),
    growsFrom: undefined,
    refused: true,
  }
}
