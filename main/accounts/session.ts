import type { Account, Session } from '../../preload/contract/accounts.ts'
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

/** Whether the account could go on once the session is signed in: its own, or one that it is reached through. */
export function waitsFor({ source, session }: Account, id: string): boolean {
  if (session.state !== 'expired' && session.state !== 'unusable') return false
  if (source.kind === 'sso') return source.session === id
  return session.failure.code === 'SignInNeeded' || session.failure.code === 'NotConnected'
}
