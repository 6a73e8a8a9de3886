import type { Clock } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import { type TokenBucket, takeToken } from '../../server/faults/tokenBucket.ts'

/** LookupEvents' own limit: two calls a second for an account and region, and no burst beyond. */
const perSecond = 2

/** Throws AWS's ThrottlingException where an account has used up its calls. */
export function createLookupLimit(clock: Pick<Clock, 'now'>): (account: string, region: string) => void {
  const buckets = new Map<string, TokenBucket>()
  return (account, region) => {
    const key = `${account}/${region}`
    const { bucket, taken } = takeToken(buckets.get(key), perSecond, clock.now())
    buckets.set(key, bucket)
    if (!taken) throw new AwsError('ThrottlingException', 'Rate exceeded')
  }
}
