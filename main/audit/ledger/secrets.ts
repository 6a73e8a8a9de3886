import { createHash } from 'node:crypto'

const mask = '****'

/** Members that may hold what lets somebody act; CloudTrail masks most, not all (fact sheet, 8). */
const secretMembers =
  /^(token|sessionToken|secretToken|secretAccessKey|password|oauthToken|clientSecret|secret|nonce)$/i
const keyMembers = /^accessKeyId$/i
const digested = 'sha256:'

/**
 * An event without what lets anybody act: such members never reach the disk, nor the page. An approval's token is worth
 * nothing once it was used, but an event of a refused call may carry a live one. A key's id is kept as its digest: the
 * calls of one session can be told from others', and whoever holds the id can find them.
 */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, member(name, item)]))
}

function member(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return withoutSecrets(value)
  if (secretMembers.test(name)) return mask
  return keyMembers.test(name) && !value.startsWith(digested) ? digestOf(value) : value
}

const digestOf = (keyId: string) => digested + createHash('sha256').update(keyId).digest('hex').slice(0, 32)
