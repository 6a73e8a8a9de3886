import { hash, randomBytes, randomInt } from 'node:crypto'

/**
 * A value that nobody can guess: a token, a code, a client's secret, a browser's session. Hex, since a token that began
 * with a dash would be an option to a command line.
 */
export const newSecret = () => randomBytes(48).toString('hex')

/** What is kept of a secret: 384 random bits need no salt and no slow hash. */
export const hashOf = (secret: string) => hash('sha256', secret, 'base64url')

const letters = 'BCDFGHJKLMNPQRSTVWXZ'

/** `BCDF-GHJK`: consonants only, so that no word comes out and no digit is mistaken (RFC 8628, section 6.1). */
export function newUserCode(): string {
  const some = (count: number) => Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('')
  return `${some(4)}-${some(4)}`
}

/** What somebody typed, as the code is written: case, spaces and the dash are not theirs to get right. */
export function readUserCode(typed: string): string {
  const bare = typed.toUpperCase().replaceAll(/[^A-Z]/g, '')
  return `${bare.slice(0, 4)}-${bare.slice(4)}`
}
