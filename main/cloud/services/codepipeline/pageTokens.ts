import type { z } from 'zod'
import { AwsError } from '../../server/awsError.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { createSealedTokens } from '../../state/sealedTokens.ts'

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

export function createPageTokens(database: CloudDatabase): PageTokens {
  const tokens = createSealedTokens(database)
  const refuse = (): never => {
    throw new AwsError(
      'InvalidNextTokenException',
      'The next token was specified in an invalid format. Make sure that the next token you provide is the token returned by a previous call.',
    )
  }
  return {
    refuse,
    seal: (request, position) => tokens.seal(request, JSON.stringify(position)),
    open(request, token, position) {
      const text = tokens.open(request, token)
      return text === undefined ? refuse() : position.parse(JSON.parse(text))
    },
  }
}
