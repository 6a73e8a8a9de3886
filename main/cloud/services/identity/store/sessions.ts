import type { Clock, Millis } from '../../../../base/clock.ts'
import type { CloudDatabase } from '../../../state/database.ts'
import { hashOf, newSecret } from '../secrets.ts'

/** Somebody who gave a password, for as long as that counts. */
export interface SignIn {
  /** The hash of what their browser holds. */
  id: string
  user: string
  expires: Millis
}

/** Who is signed in. Whatever was granted in a session ends with it. */
export function createSessions(db: CloudDatabase, clock: Pick<Clock, 'now'>, lifetime: Millis) {
  return {
    /** A new session, and the secret that its browser keeps. */
    begin(user: string): { secret: string; session: SignIn } {
      const now = clock.now()
      db.run('DELETE FROM identity_session WHERE expires <= ?', now)
      const secret = newSecret()
      const session = { id: hashOf(secret), user, expires: now + lifetime }
      db.run('INSERT INTO identity_session VALUES (?, ?, ?)', session.id, user, session.expires)
      return { secret, session }
    },
    find: (secret: string) =>
      db.get<SignIn>('SELECT * FROM identity_session WHERE id = ? AND expires > ?', hashOf(secret), clock.now()),
    end: (id: string) => db.run('DELETE FROM identity_session WHERE id = ?', id),
  }
}

export type Sessions = ReturnType<typeof createSessions>
