const mask = '****'

/** Members that may hold what lets somebody act; CloudTrail masks most, not all (fact sheet, 8). */
const secretMembers =
  /^(token|sessionToken|secretToken|secretAccessKey|password|oauthToken|clientSecret|secret|nonce)$/i

/**
 * An event without what lets anybody act: such members never reach the disk, nor the page. An approval's token is worth
 * nothing once it was used, but an event of a refused call may carry a live one.
 */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretMembers.test(name) && typeof item === 'string' ? mask : withoutSecrets(item),
    ]),
  )
}
