import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto'

/**
 * AWS Signature Version 4, the verifier's side, over the bytes as they came: nothing is decoded that the signer did
 * not decode. Checked in the tests against the signers of the JavaScript SDK and of botocore.
 */
export interface ToVerify {
  method: string
  /** Percent-encoded, as sent. */
  path: string
  /** Percent-encoded, as sent, without `?`. */
  query: string
  headers: Readonly<Record<string, string>>
  signedHeaders: readonly string[]
  /** Hex SHA-256 of the body, or one of the words that stand for it, e.g. `UNSIGNED-PAYLOAD`. */
  payloadHash: string
  /** `20260101T000000Z` */
  timestamp: string
  scope: Scope
}

export interface Scope {
  /** `20260101` */
  date: string
  region: string
  service: string
}

export const scopeText = (scope: Scope) => `${scope.date}/${scope.region}/${scope.service}/aws4_request`

export const sha256Hex = (data: string | Uint8Array) => hash('sha256', data, 'hex')

const hmac = (key: string | Uint8Array | KeyObject, data: string) => createHmac('sha256', key).update(data).digest()

/** The signature that the holder of `key` would have made. */
export function signatureOf(request: ToVerify, key: SigningKey): string {
  const canonical = canonicalRequest(request)
  const toSign = `AWS4-HMAC-SHA256\n${request.timestamp}\n${scopeText(request.scope)}\n${sha256Hex(canonical)}`
  return hmac(key, toSign).toString('hex')
}

/** Compares two signatures in a time that tells nothing about where they differ. */
export function sameSignature(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

/** The text that both sides hash; AWS prints it in a SignatureDoesNotMatch, so it is worth having by itself. */
export function canonicalRequest(request: ToVerify): string {
  const headers = request.signedHeaders.map(name => `${name}:${canonicalHeader(request.headers[name] ?? '')}\n`)
  return [
    request.method,
    request.scope.service === 's3' ? encodeOnce(request.path) : encodePath(normalPath(request.path).split('/')),
    canonicalQuery(request.query),
    headers.join(''),
    request.signedHeaders.join(';'),
    request.payloadHash,
  ].join('\n')
}

const canonicalHeader = (value: string) => value.trim().replace(/\s+/g, ' ')

/** S3 keys are taken as they are; every other service normalizes its path and encodes it a second time. */
function normalPath(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  const normal = `/${kept.join('/')}`
  return kept.length > 0 && path.endsWith('/') ? `${normal}/` : normal
}

const encodeOnce = (path: string) => encodePath(path.split('/').map(decode))
const encodePath = (segments: readonly string[]) => segments.map(encode).join('/')

function canonicalQuery(query: string): string {
  if (query === '') return ''
  return query
    .split('&')
    .filter(pair => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map(pair => {
      const cut = pair.indexOf('=')
      const [name, value] = cut < 0 ? [pair, ''] : [pair.slice(0, cut), pair.slice(cut + 1)]
      return [encode(decode(name)), encode(decode(value))] as const
    })
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** RFC 3986: everything but letters, digits and `-._~`. */
function encode(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** A key derived for one day, region and service. A KeyObject: OpenSSL need not take it in anew for each request. */
export type SigningKey = KeyObject

/** Derives signing keys, and keeps those in use: deriving takes four HMACs, a busy client signs with one key all day. */
export function createSigningKeys(capacity = 1000): (secret: string, scope: Scope) => SigningKey {
  const keys = new Map<string, SigningKey>()
  return (secret, scope) => {
    const name = `${secret}\n${scopeText(scope)}`
    const known = keys.get(name)
    if (known) return known
    let bytes = hmac(`AWS4${secret}`, scope.date)
    for (const part of [scope.region, scope.service, 'aws4_request']) bytes = hmac(bytes, part)
    const key = createSecretKey(bytes)
    const oldest = keys.keys().next()
    if (keys.size >= capacity && !oldest.done) keys.delete(oldest.value)
    keys.set(name, key)
    return key
  }
}

/** The signature of one chunk of a STREAMING-AWS4-HMAC-SHA256-PAYLOAD body, or of its trailer. */
export function chunkSignature(
  kind: 'PAYLOAD' | 'TRAILER',
  previous: string,
  data: Uint8Array,
  seed: { key: SigningKey; timestamp: string; scope: Scope },
): string {
  const head = [`AWS4-HMAC-SHA256-${kind}`, seed.timestamp, scopeText(seed.scope), previous]
  const hashes = kind === 'PAYLOAD' ? [sha256Hex(''), sha256Hex(data)] : [sha256Hex(data)]
  return hmac(seed.key, [...head, ...hashes].join('\n')).toString('hex')
}
