import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { AwsError } from '../../server/awsError.ts'
import type { CloudDatabase } from '../../state/database.ts'

/**
 * Opaque tokens of paginated lists. A token is bound to the request that got it: altered, or used with other
 * parameters, it is refused with InvalidNextTokenException.
 */
export interface PageTokens {
  seal(request: object, position: object): string
  open<T extends z.ZodType>(request: object, token: string, position: T): z.output<T>
  /** For lists that never give a token. */
  refuse(): never
}

const body = z.object({ request: z.string(), position: z.unknown() })

/** What the caller asks for, whatever the page. */
const fingerprint = (request: object) =>
  hash(
    'sha256',
    JSON.stringify({ ...request, nextToken: undefined, NextToken: undefined, maxResults: undefined }),
    'hex',
  )

export function createPageTokens(database: CloudDatabase): PageTokens {
  const key = secret(database)
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  const refuse = (): never => {
    throw new AwsError(
      'InvalidNextTokenException',
      'The next token was specified in an invalid format. Make sure that the next token you provide is the token returned by a previous call.',
    )
  }
  return {
    refuse,
    seal(request, position) {
      const text = Buffer.from(JSON.stringify({ request: fingerprint(request), position })).toString('base64url')
      return `${text}.${sign(text)}`
    },
    open(request, token, position) {
      const [text = '', given = ''] = token.split('.', 2)
      const expected = Buffer.from(sign(text))
      const actual = Buffer.from(given)
      if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return refuse()
      const read = body.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
      return read.request === fingerprint(request) ? position.parse(read.position) : refuse()
    },
  }
}

/** Kept in the database, so that a token survives a restart in the middle of a list. */
function secret(database: CloudDatabase): Uint8Array {
  database.run('INSERT OR IGNORE INTO pipeline_secret (name, value) VALUES (?, ?)', 'pageTokens', randomBytes(32))
  const row = database.get<{ value: Uint8Array }>('SELECT value FROM pipeline_secret WHERE name = ?', 'pageTokens')
  if (!row) throw new Error('The key of page tokens could not be kept')
  return row.value
}
