import type { Clock, Millis } from '../../../../base/clock.ts'
import type { CloudDatabase } from '../../../state/database.ts'
import { codeLifetime, remembrance } from '../lifetimes.ts'
import { hashOf, newSecret } from '../secrets.ts'

/** What a person allowed on the sign-in page, until its client comes for it. */
export interface Authorization {
  /** The hash of the code. */
  code: string
  client: string
  session: string
  redirectUri: string
  /** PKCE's S256 of the verifier that the client must show. */
  challenge: string
  expires: Millis
  /** What it was redeemed for. */
  grantId: number | null
}

/** The authorization codes of the sign-in page (RFC 6749, section 4.1). */
export function createCodes(db: CloudDatabase, clock: Pick<Clock, 'now'>) {
  return {
    issue({ client, session, redirectUri, challenge }: Omit<Authorization, 'code' | 'expires' | 'grantId'>): string {
      const now = clock.now()
      db.run('DELETE FROM identity_code WHERE expires <= ?', now - remembrance)
      const code = newSecret()
      const row = [hashOf(code), client, session, redirectUri, challenge, now + codeLifetime] as const
      db.run('INSERT INTO identity_code VALUES (?, ?, ?, ?, ?, ?, NULL)', ...row)
      return code
    },
    find: (code: string) => db.get<Authorization>('SELECT * FROM identity_code WHERE code = ?', hashOf(code)),
    redeem: ({ code }: Authorization, grantId: number) =>
      db.run('UPDATE identity_code SET grantId = ? WHERE code = ?', grantId, code),
  }
}

export type Codes = ReturnType<typeof createCodes>
