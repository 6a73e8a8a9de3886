import { z } from 'zod'
import { RegionName } from '../../preload/contract/accounts.ts'
import type { Database } from './database.ts'
import { fitting } from './json.ts'

/** What a person chose for a sign-in. `own` is set where they named it here instead of in the CLI's configuration. */
export const StoredSsoSession = z.object({
  id: z.string(),
  sharesWithCli: z.boolean(),
  own: z
    .object({ name: z.string(), startUrl: z.string(), region: RegionName, endpoint: z.string().optional() })
    .optional(),
})
export type StoredSsoSession = z.infer<typeof StoredSsoSession>

export interface SsoSessionStore {
  all(): StoredSsoSession[]
  put(session: StoredSsoSession): void
  remove(id: string): void
}

export function ssoSessionStore(database: Database): SsoSessionStore {
  return {
    all: () => fitting(database.all('SELECT json FROM sso_sessions ORDER BY id'), StoredSsoSession),
    put(session) {
      const json = JSON.stringify(StoredSsoSession.parse(session))
      database.run(
        'INSERT INTO sso_sessions (id, json) VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
        session.id,
        json,
      )
    },
    remove: id => database.run('DELETE FROM sso_sessions WHERE id = ?', id),
  }
}
