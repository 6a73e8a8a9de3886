import { z } from 'zod'
import type { Clock, Millis } from '../../../../base/clock.ts'
import type { CloudDatabase } from '../../../state/database.ts'
import { registrationLifetime } from '../lifetimes.ts'
import { hashOf, newSecret } from '../secrets.ts'

/** A program that registered itself. */
export interface Client {
  id: string
  name: string
  scopes: readonly string[]
  grantTypes: readonly string[]
  redirectUris: readonly string[]
  expires: Millis
}

const texts = z.preprocess(value => JSON.parse(z.string().parse(value)) as unknown, z.array(z.string()))
const row = z.object({
  id: z.string(),
  secret: z.string(),
  name: z.string(),
  scopes: texts,
  grantTypes: texts,
  redirectUris: texts,
  expires: z.number(),
})

/** The programs that may ask for tokens. */
export function createClients(db: CloudDatabase, clock: Pick<Clock, 'now'>) {
  const read = (id: string) => {
    const found = db.get('SELECT * FROM identity_client WHERE id = ? AND expires > ?', id, clock.now())
    return found && row.parse(found)
  }
  return {
    register(asked: Omit<Client, 'id' | 'expires'>): { client: Client; secret: string } {
      const now = clock.now()
      db.run('DELETE FROM identity_client WHERE expires <= ?', now)
      const secret = newSecret()
      const client = { ...asked, id: newSecret().slice(0, 32), expires: now + registrationLifetime }
      const { id, name, scopes, grantTypes, redirectUris, expires } = client
      const [scopeText, grantText, redirectText] = [scopes, grantTypes, redirectUris].map(list => JSON.stringify(list))
      db.run(
        'INSERT INTO identity_client VALUES (?, ?, ?, ?, ?, ?, ?)',
        id,
        hashOf(secret),
        name,
        scopeText ?? '[]',
        grantText ?? '[]',
        redirectText ?? '[]',
        expires,
      )
      return { client, secret }
    },
    /** Undefined for one that never was, and for one whose registration ended. */
    find(id: string): Client | undefined {
      const found = read(id)
      if (!found) return undefined
      const { secret: _hash, ...client } = found
      return client
    },
    /** The client that knows the secret. Hashes are compared, so that the time it takes tells nothing of the secret. */
    authenticate(id: string, secret: string): Client | undefined {
      return read(id)?.secret === hashOf(secret) ? this.find(id) : undefined
    },
  }
}

export type Clients = ReturnType<typeof createClients>
