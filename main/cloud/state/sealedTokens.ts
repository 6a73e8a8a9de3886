import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { CloudDatabase } from './database.ts'

/** Opaque page tokens that only come back to where they were given: bound to a request's parameters, and signed. */
export interface SealedTokens {
  seal(request: object, position: string): string
  /** Undefined for a token that was altered, made up, or given for other parameters. */
  open(request: object, token: string): string | undefined
}

/** The key is kept, so that a token survives a restart in the middle of a list. */
export function createSealedTokens(database: CloudDatabase): SealedTokens {
  database.migrate('sealedTokens', ['CREATE TABLE sealed_token_key (id INTEGER PRIMARY KEY, key BLOB NOT NULL)'])
  database.run('INSERT OR IGNORE INTO sealed_token_key (id, key) VALUES (1, ?)', randomBytes(32))
  const key = database.get<{ key: Uint8Array }>('SELECT key FROM sealed_token_key WHERE id = 1')?.key
  if (!key) throw new Error('The key of page tokens could not be kept')
  const sealed = (request: object, text: string) =>
    `${text}.${createHmac('sha256', key).update(fingerprint(request)).update(text).digest('base64url')}`
  return {
    seal: (request, position) => sealed(request, Buffer.from(position).toString('base64url')),
    open(request, token) {
      const [text = ''] = token.split('.', 1)
      // The whole token is compared as it was given: base64 can be written in more than one way.
      const [given, expected] = [Buffer.from(token), Buffer.from(sealed(request, text))]
      const genuine = given.length === expected.length && timingSafeEqual(given, expected)
      return genuine ? Buffer.from(text, 'base64url').toString() : undefined
    },
  }
}

/** What is asked for, whatever the page and its size, and in whatever order its members came. */
function fingerprint(request: object): string {
  const asked = Object.entries(request).filter(([key]) => !paging.has(key.toLowerCase()))
  return hash('sha256', JSON.stringify(asked.sort(([a], [b]) => (a < b ? -1 : 1))), 'hex')
}

const paging = new Set(['nexttoken', 'maxresults', 'limit', 'maxrecords'])
