import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock, Millis } from '../base/clock.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()
const secret = () => randomBytes(32).toString('base64url')

/** Single-use launch tokens and the session cookies they are exchanged for. Only hashes are kept. */
export interface LaunchTokens {
  /** A new token; it is good once, for `ttl` ms. */
  issue(ttl: Millis): string
  /** The session that a token buys, or undefined where it is unknown, used or too old. */
  redeem(token: string): string | undefined
  isSession(session: string): boolean
}

export function createLaunchTokens(clock: Clock): LaunchTokens {
  const open: { hash: Buffer; until: Millis }[] = []
  const sessions: Buffer[] = []
  const equals = (given: Buffer) => (known: Buffer) => timingSafeEqual(given, known)
  return {
    issue(ttl) {
      const token = secret()
      open.push({ hash: digest(token), until: clock.now() + ttl })
      return token
    },
    redeem(token) {
      const same = equals(digest(token))
      const index = open.findIndex(({ hash }) => same(hash))
      const found = open[index]
      if (!found) return undefined
      open.splice(index, 1)
      if (found.until < clock.now()) return undefined
      const session = secret()
      sessions.push(digest(session))
      return session
    },
    isSession: session => sessions.some(equals(digest(session))),
  }
}
