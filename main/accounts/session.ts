import type { Session } from '../../preload/contract/accounts.ts'
import type { FailureShape } from '../../preload/contract/base.ts'
import { isExpiry } from '../aws/awsFailure.ts'
import type { Millis } from '../base/clock.ts'

/** What an account can do now that this was answered. An expiry that is already known keeps its beginning. */
export function failedSession(failure: FailureShape, now: Millis, before: Session | undefined): Session {
  if (!isExpiry(failure)) return { state: 'unusable', failure }
  const since = before?.state === 'expired' ? before.since : new Date(now).toISOString()
  return { state: 'expired', since, failure }
}

/** When to ask again by itself: what may heal without a person is tried soon, then less and less often. ms */
export function retryDelay(attempt: number): Millis {
  return Math.min(2_000 * 2 ** attempt, 60_000)
}
