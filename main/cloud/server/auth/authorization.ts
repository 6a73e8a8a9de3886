import type { HttpRequest } from '../http.ts'
import type { Scope } from './sigV4.ts'

/** What a request says about who signed it and how. */
export interface Authorization {
  form: 'header' | 'query'
  accessKeyId: string
  scope: Scope
  signedHeaders: readonly string[]
  signature: string
  /** `20260101T000000Z` */
  timestamp: string
  sessionToken: string | undefined
  /** Seconds that a presigned request is good for. */
  expires: number | undefined
}

export type Parsed =
  | { kind: 'signed'; authorization: Authorization }
  | { kind: 'unsigned' }
  | { kind: 'malformed'; message: string }

/** Reads the Authorization header, or the presigned form in the query. */
export function parseAuthorization(request: HttpRequest): Parsed {
  const header = request.headers.authorization
  if (header !== undefined) return fromHeader(request, header)
  if (!request.query.includes('X-Amz-Algorithm=')) return { kind: 'unsigned' }
  return fromQuery(new URLSearchParams(request.query))
}

function fromHeader(request: HttpRequest, header: string): Parsed {
  const [algorithm = '', ...rest] = header.trim().split(/\s+/)
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    return malformed(`Unsupported or missing algorithm in the Authorization header: ${JSON.stringify(algorithm)}.`)
  }
  const parts = new Map<string, string>()
  for (const part of rest.join('').split(',')) {
    const cut = part.indexOf('=')
    if (cut > 0) parts.set(part.slice(0, cut), part.slice(cut + 1))
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter(name => !parts.get(name))
  if (missing.length > 0) {
    const needed = missing.map(name => `Authorization header requires '${name}' parameter.`)
    return malformed(`${needed.join(' ')} Authorization=${algorithm}`)
  }
  const timestamp = request.headers['x-amz-date'] ?? basicFormat(request.headers.date)
  if (timestamp === undefined) {
    return malformed("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  }
  return assemble('header', {
    credential: parts.get('Credential') ?? '',
    signedHeaders: parts.get('SignedHeaders') ?? '',
    signature: parts.get('Signature') ?? '',
    timestamp,
    sessionToken: request.headers['x-amz-security-token'],
    expires: undefined,
  })
}

function fromQuery(query: URLSearchParams): Parsed {
  const given = (name: string) => query.get(`X-Amz-${name}`) ?? ''
  if (given('Algorithm') !== 'AWS4-HMAC-SHA256') return malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256".')
  for (const name of ['Credential', 'SignedHeaders', 'Signature', 'Date']) {
    if (given(name) === '') return malformed(`AWS query-string parameters must include 'X-Amz-${name}'.`)
  }
  const expires = query.has('X-Amz-Expires') ? Number(given('Expires')) : undefined
  if (expires !== undefined && !(Number.isInteger(expires) && expires >= 0 && expires <= 604_800)) {
    return malformed('X-Amz-Expires must be a number of seconds between 0 and 604800.')
  }
  return assemble('query', {
    credential: given('Credential'),
    signedHeaders: given('SignedHeaders'),
    signature: given('Signature'),
    timestamp: given('Date'),
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
    expires,
  })
}

interface Parts extends Pick<Authorization, 'signature' | 'timestamp' | 'sessionToken' | 'expires'> {
  credential: string
  signedHeaders: string
}

function assemble(form: Authorization['form'], parts: Parts): Parsed {
  const { credential, signedHeaders, ...rest } = parts
  const [accessKeyId = '', date = '', region = '', service = '', terminator] = credential.split('/')
  if (terminator !== 'aws4_request' || credential.split('/').length !== 5) {
    return malformed(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    )
  }
  if (!/^\d{8}T\d{6}Z$/.test(parts.timestamp)) {
    return malformed(`Date must be in ISO-8601 'basic format'. Got '${parts.timestamp}'.`)
  }
  if (parts.timestamp.slice(0, 8) !== date) {
    return malformed(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}'`,
    )
  }
  const signed = signedHeaders.split(';')
  if (!signed.includes('host')) return malformed(`'Host' must be a 'SignedHeader' in the AWS Authorization.`)
  return {
    kind: 'signed',
    authorization: { form, accessKeyId, scope: { date, region, service }, signedHeaders: signed, ...rest },
  }
}

function basicFormat(date: string | undefined): string | undefined {
  if (date === undefined) return undefined
  const parsed = new Date(date)
  if (Number.isNaN(parsed.getTime())) return undefined
  return `${parsed.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`
}

const malformed = (message: string): Parsed => ({ kind: 'malformed', message })

/** Milliseconds of `20260101T000000Z`, or NaN. */
export function parseTimestamp(text: string): number {
  const [, y, m, d, h, min, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? []
  return Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`)
}
