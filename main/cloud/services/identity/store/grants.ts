import type { Clock, Millis } from '../../../../base/clock.ts'
import type { CloudDatabase } from '../../../state/database.ts'
import { remembrance } from '../lifetimes.ts'
import { hashOf, newSecret } from '../secrets.ts'

/** What a client is given for what a person allowed it. */
export interface Tokens {
  accessToken: string
  expires: Millis
  refreshToken?: string
}

/** Who an access token stands for. */
export interface Bearer {
  user: string
  session: string
}

interface Grant {
  id: number
  session: string
  sessionEnds: Millis
}

/** What persons allowed to clients. A grant lasts as long as the session it was given in; its tokens are renewed. */
export function createGrants(db: CloudDatabase, clock: Pick<Clock, 'now'>, lifetime: Millis) {
  const access = (grant: Pick<Grant, 'id' | 'sessionEnds'>, renewable: boolean): Tokens => {
    const now = clock.now()
    db.run('DELETE FROM identity_access_token WHERE expires <= ?', now - remembrance)
    const expires = renewable ? Math.min(now + lifetime, grant.sessionEnds) : grant.sessionEnds
    const accessToken = newSecret()
    db.run('INSERT INTO identity_access_token VALUES (?, ?, ?)', hashOf(accessToken), expires, grant.id)
    if (!renewable) return { accessToken, expires }
    // Rotated: the one before is worth nothing from here on.
    const refreshToken = newSecret()
    db.run('UPDATE identity_grant SET refreshToken = ? WHERE id = ?', hashOf(refreshToken), grant.id)
    return { accessToken, expires, refreshToken }
  }
  return {
    /** First tokens for a client, from a session that goes on; undefined where it ended. All or nothing. */
    open(client: string, session: string, renewable: boolean): { id: number; tokens: Tokens } | undefined {
      return db.transaction(() => {
        const found = db.get<{ expires: Millis }>(
          'SELECT expires FROM identity_session WHERE id = ? AND expires > ?',
          session,
          clock.now(),
        )
        if (!found) return undefined
        const { lastInsertRowid: id } = db.run(
          'INSERT INTO identity_grant (client, session) VALUES (?, ?)',
          client,
          session,
        )
        return { id, tokens: access({ id, sessionEnds: found.expires }, renewable) }
      })
    },
    /** New tokens for a refresh token; undefined where it is not the client's, was used already, or its session ended. */
    renew: (client: string, refreshToken: string): Tokens | undefined =>
      db.transaction(() => {
        const grant = db.get<Grant>(
          `SELECT g.id, g.session, s.expires AS sessionEnds FROM identity_grant g
           JOIN identity_session s ON s.id = g.session
           WHERE g.refreshToken = ? AND g.client = ? AND s.expires > ?`,
          hashOf(refreshToken),
          client,
          clock.now(),
        )
        return grant && access(grant, true)
      }),
    /** Who bears a token; undefined where it expired, never was, or its session ended. */
    bearer(accessToken: string): Bearer | undefined {
      const now = clock.now()
      return db.get<Bearer>(
        `SELECT s.user, s.id AS session FROM identity_access_token a JOIN identity_grant g ON g.id = a.grantId
         JOIN identity_session s ON s.id = g.session WHERE a.token = ? AND a.expires > ? AND s.expires > ?`,
        hashOf(accessToken),
        now,
        now,
      )
    },
    revoke: (id: number) => db.run('DELETE FROM identity_grant WHERE id = ?', id),
  }
}

export type Grants = ReturnType<typeof createGrants>
