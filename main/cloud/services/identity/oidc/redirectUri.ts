const loopback = /^(127\.0\.0\.1|\[::1\]|localhost)$/

/** Whether a public client may be sent there: its own machine, or a page that it alone serves. */
export function isRedirectUri(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, hash, username, password } = new URL(text)
  if (hash !== '' || username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname))
}

/**
 * Whether a redirect is one that was registered. A loopback address may have any port, since nobody knows which will
 * be free (RFC 8252, section 7.3); all else is compared as it stands.
 */
export function isRegistered(registered: readonly string[], asked: string): boolean {
  return isRedirectUri(asked) && registered.some(uri => uri === asked || portless(uri) === portless(asked))
}

function portless(text: string): string {
  const url = new URL(text)
  if (url.protocol === 'http:' && loopback.test(url.hostname)) url.port = ''
  return url.href
}
