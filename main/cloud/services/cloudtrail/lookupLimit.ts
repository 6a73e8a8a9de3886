import type { Clock, Millis } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'

/** LookupEvents' own limit: two calls a second for an account and region, and no burst beyond. */
const perSecond = 2

/** Throws AWS's ThrottlingException where an account has used up its calls. */
export function createLookupLimit(clock: Pick<Clock, 'now'>): (account: string, region: string) => void {
  const buckets = new Map<string, { left: number; at: Millis }>()
  return (account, region) => {
    const key = `${account}/${region}`
    const now = clock.now()
    const before = buckets.get(key) ?? { left: perSecond, at: now }
    const left = Math.min(perSecond, before.left + ((now - before.at) / 1_000) * perSecond)
    buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now })
    if (left < 1) throw new AwsError('ThrottlingException', 'Rate exceeded')
  }
}
