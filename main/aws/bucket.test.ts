import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Bucket,
  defaultLimits,
  fullBucket,
  hungry,
  onBeat,
  refilled,
  taken,
  throttled,
  waitFor,
} from './bucket.ts'

const limits = defaultLimits
type Step = { wait: number; what: 'take' | 'throttle' }
const steps = fc.array(
  fc.record<Step>({
    wait: fc.integer({ min: 0, max: 3000 }),
    what: fc.constantFrom('take', 'take', 'take', 'throttle'),
  }),
  { maxLength: 200 },
)

function play(history: Step[]): { bucket: Bucket; takes: number[]; now: number } {
  let bucket = fullBucket(limits, 0)
  let now = 0
  const takes: number[] = []
  for (const step of history) {
    now += step.wait
    if (step.what === 'throttle') bucket = throttled(bucket, now)
    else {
      const next = taken(bucket, now)
      if (next) takes.push(now)
      bucket = next ?? bucket
    }
  }
  return { bucket, takes, now }
}

describe('a call bucket', () => {
  it('never lets more through than its burst and its rate allow, in any window', () => {
    fc.assert(
      fc.property(steps, history => {
        const { takes } = play(history)
        for (const [i, from] of takes.entries()) {
          for (let j = i; j < takes.length; j++) {
            const seconds = (takes[j]! - from) / 1000
            expect(j - i + 1).toBeLessThanOrEqual(limits.burst + limits.rate * seconds + 1e-6)
          }
        }
      }),
    )
  })

  it('keeps its rate between the slowest and the full one, and its tokens between none and the burst', () => {
    fc.assert(
      fc.property(steps, history => {
        const { bucket } = play(history)
        expect(bucket.rate).toBeGreaterThanOrEqual(limits.slowest)
        expect(bucket.rate).toBeLessThanOrEqual(limits.rate)
        expect(bucket.tokens).toBeGreaterThanOrEqual(-1e-9)
        expect(bucket.tokens).toBeLessThanOrEqual(limits.burst)
      }),
    )
  })

  it('lets the next call through after the wait that it names', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 1 }), (history, reserve) => {
        const { bucket, now } = play(history)
        expect(taken(bucket, now + waitFor(bucket, now, reserve) + 1, reserve)).toBeDefined()
      }),
    )
  })

  it('sends nothing while it is paused, halves once for calls refused together, and recovers slowly', () => {
    const once = throttled(fullBucket(limits, 0), 0)
    const twice = throttled(once, 10)
    expect(twice.rate).toBeCloseTo(limits.rate / 2, 1)
    expect(taken(twice, 500)).toBeUndefined()
    expect(refilled(once, 10_000).rate).toBeLessThan(limits.rate)
    expect(refilled(once, 200_000).rate).toBe(limits.rate * 0.8)
  })

  /** Takes whatever it can get for `forMs`, from an account that allows `allowed` calls a second. */
  function hunger(allowed: number, forMs: number) {
    let bucket = fullBucket(limits, 0)
    const sent: number[] = []
    let refusals = 0
    for (let now = 0; now < forMs; now += 20) {
      const next = taken(bucket, now)
      if (!next) {
        bucket = hungry(bucket, now)
        continue
      }
      bucket = next
      sent.push(now)
      const before = sent.at(-(allowed + limits.burst))
      if (before !== undefined && before > now - 1000) {
        bucket = throttled(bucket, now)
        refusals++
      }
    }
    return { bucket, refusals, lastMinute: sent.filter(at => at > forMs - 60_000).length }
  }

  it('tries for more only after calls have waited for a minute, and never for more than its fastest', () => {
    expect(hunger(1000, 59_000).bucket.rate).toBe(limits.rate)
    expect(hunger(1000, 400_000).bucket.rate).toBeGreaterThan(limits.rate * 1.3)
    expect(hunger(1000, 4 * 3_600_000).bucket.rate).toBe(limits.fastest)
  })

  it('settles at what the account allows: few refusals, most of the allowance used', () => {
    const { refusals, lastMinute } = hunger(2, 1_800_000)
    expect(refusals).toBeLessThan(12)
    expect(lastMinute).toBeGreaterThan(60)
  })

  it('loses nothing of its rate by letting those who can wait leave on beats', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 20, noNaN: true }), fc.integer({ min: 0, max: 1000 }), (rate, start) => {
        let bucket = fullBucket({ ...limits, rate, fastest: rate }, start)
        let now = start
        let takes = 0
        while (now < start + 60_000) {
          const next = taken(bucket, now, 1)
          if (next) takes++
          bucket = next ?? bucket
          if (!next) now = onBeat(now + Math.max(waitFor(bucket, now, 1), 1), bucket, 1)
        }
        expect(takes).toBeGreaterThanOrEqual(rate * 60 * 0.98 - 2)
      }),
    )
  })

  it('lets buckets of one rate that were emptied at different times leave together', () => {
    const beats = [3, 77, 140].map(at => onBeat(at, fullBucket(limits, at), 1))
    expect(beats).toEqual([400, 400, 400])
    // A person's call never asks for a beat; a fast bucket has none, or it would overflow.
    expect(onBeat(77, fullBucket({ ...limits, rate: 50 }, 0), 1)).toBe(77)
  })
})
