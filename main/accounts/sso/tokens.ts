import { z } from 'zod'
import type { Millis } from '../../base/clock.ts'

/** What a sign-in gave, and as which client. A secret: it stays in the main process. */
export const Tokens = z.object({
  accessToken: z.string().min(1),
  /** ms since the epoch */
  expiresAt: z.number(),
  refreshToken: z.string().optional(),
  client: z.object({ clientId: z.string(), clientSecret: z.string(), expiresAt: z.number() }).optional(),
})
export type Tokens = z.infer<typeof Tokens>

/** AWS's tools renew at this distance from the end. */
const margin: Millis = 5 * 60_000

/** Long enough left to be used without a thought. */
export const isFresh = ({ expiresAt }: Tokens, now: Millis): boolean => expiresAt - margin > now
export const isLive = ({ expiresAt }: Tokens, now: Millis): boolean => expiresAt > now

/** The refresh token with the client that may use it, where both are there and the registration has not ended. */
export function renewal({ refreshToken, client }: Tokens, now: Millis) {
  return refreshToken !== undefined && client !== undefined && client.expiresAt > now
    ? { refreshToken, client }
    : undefined
}

/** The one that lasts longer; the first where both do. */
export function longer(a: Tokens | undefined, b: Tokens | undefined): Tokens | undefined {
  if (!a || !b) return a ?? b
  return b.expiresAt > a.expiresAt ? b : a
}
