import type { Millis } from '../../../base/clock.ts'

/** Calls that may still be made, as of a time. */
export interface TokenBucket {
  left: number
  at: Millis
}

/**
 * Takes one call out of a bucket that is refilled with `perSecond` calls a second and holds those of one second.
 * Refused calls cost nothing. Without a bucket: a full one.
 */
export function takeToken(
  bucket: TokenBucket | undefined,
  perSecond: number,
  now: Millis,
): { bucket: TokenBucket; taken: boolean } {
  const most = Math.max(1, perSecond)
  const before = bucket ?? { left: most, at: now }
  const left = Math.min(most, before.left + ((now - before.at) / 1000) * perSecond)
  const taken = left >= 1
  return { bucket: { left: taken ? left - 1 : left, at: now }, taken }
}
