import type { Millis } from '../../../base/clock.ts'

/** How long what Identity Center gives is good. */
export interface Lifetimes {
  /** An access token that can be renewed by a refresh token; one that can't lives as long as its sign-in session. */
  accessToken: Millis
  /** From the password to the next: AWS's default of eight hours. */
  session: Millis
  /** Role credentials, instead of what their permission set says. */
  role?: Millis
}

/** Access token: UNCONFIRMED, an hour is what clients see (fact sheet, section 7). */
export const usualLifetimes: Lifetimes = { accessToken: 3_600_000, session: 8 * 3_600_000 }

/** UNCONFIRMED: 600 s as clients see it. */
export const deviceLifetime: Millis = 600_000
/** Redeemed by the client at once. UNCONFIRMED for AWS; OAuth 2.1 asks for minutes at most. */
export const codeLifetime: Millis = 60_000
/** UNCONFIRMED: about 90 days. */
export const registrationLifetime: Millis = 90 * 86_400_000
/** How long what expired is still told from what never was. */
export const remembrance: Millis = 86_400_000
