import type { Clock, Millis } from '../../../base/clock.ts'
import type { Identities } from '../../services/iam/identities.ts'
import { AwsError } from '../awsError.ts'
import type { HttpRequest } from '../http.ts'
import type { Caller } from '../operation.ts'
import { type Authorization, parseAuthorization, parseTimestamp } from './authorization.ts'
import { type Dialect, type Refusal, refuse } from './refusal.ts'
import { createSigningKeys, type Scope, type SigningKey, sameSignature, signatureOf } from './sigV4.ts'

/** AWS: a signature older or younger than this is refused. S3 alone gives a quarter of an hour. */
const skew = (service: string): Millis => (service === 's3' ? 15 : 5) * 60_000

/** A request whose signature holds. */
export interface Authenticated {
  caller: Caller
  scope: Scope
  /** What the chunks of a STREAMING-AWS4-HMAC-SHA256 body must be signed with. */
  seed: { key: SigningKey; timestamp: string; scope: Scope; signature: string }
}

interface Expectation {
  dialect: Dialect
  /** The name that a request to this service must carry in its credential scope. */
  service: string
  regions: readonly string[]
  /**
   * Hex SHA-256 of a body that was read. Without it the body is a stream, whose reader holds it against what the
   * request says of it (`x-amz-content-sha256`).
   */
  bodyHash?: () => string
}

export type Authenticate = (request: HttpRequest, expected: Expectation) => Authenticated

/** Verifies SigV4 in AWS's order: form, key, scope, date, signature, token. Throws AWS's error for the first that fails. */
export function createAuthenticate(identities: Pick<Identities, 'credential'>, clock: Clock): Authenticate {
  const signingKey = createSigningKeys()
  return (request, expected) => {
    const deny = (why: Refusal, detail?: string) => refuse(why, expected.dialect, detail)
    const parsed = parseAuthorization(request)
    if (parsed.kind === 'unsigned') throw deny('missing')
    if (parsed.kind === 'malformed') throw deny('incomplete', parsed.message)
    const { authorization } = parsed
    const { scope, accessKeyId } = authorization
    const credential = identities.credential(accessKeyId)
    if (!credential) throw deny('unknownKey')
    if (scope.service !== expected.service) {
      throw deny('wrongScope', `Credential should be scoped to correct service: '${expected.service}'. `)
    }
    if (!expected.regions.includes(scope.region)) {
      const valid = expected.regions.map(region => `'${region}'`).join(' or ')
      throw deny('wrongScope', `Credential should be scoped to a valid region: ${valid}, not '${scope.region}'. `)
    }
    const late = outOfTime(authorization, clock.now())
    if (late === 'presignExpired') throw new AwsError('AccessDenied', 'Request has expired', { status: 403 })
    if (late) throw deny('expiredRequest', lateness(authorization, clock.now()))
    const payloadHash = payloadHashOf(request, authorization, expected)
    const key = signingKey(credential.secretAccessKey, scope)
    const signature = signatureOf(
      {
        method: request.method,
        path: request.path,
        query: request.query,
        headers: request.headers,
        signedHeaders: authorization.signedHeaders,
        payloadHash,
        timestamp: authorization.timestamp,
        scope,
      },
      key,
    )
    if (!sameSignature(signature, authorization.signature)) throw deny('wrongSignature')
    if ((credential.sessionToken ?? '') !== '' || authorization.sessionToken !== undefined) {
      if (!sameSignature(credential.sessionToken ?? '', authorization.sessionToken ?? '')) throw deny('invalidToken')
    }
    if (credential.expiresAt !== undefined && credential.expiresAt <= clock.now()) throw deny('expiredToken')
    const seed = { key, timestamp: authorization.timestamp, scope, signature }
    return { caller: { ...credential.caller, accessKeyId }, scope, seed }
  }
}

function payloadHashOf(request: HttpRequest, authorization: Authorization, expected: Expectation): string {
  if (expected.bodyHash) return expected.bodyHash()
  const stated = request.headers['x-amz-content-sha256']
  if (stated !== undefined) return stated
  if (authorization.form === 'query') return 'UNSIGNED-PAYLOAD'
  throw new AwsError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
}

function outOfTime(authorization: Authorization, now: Millis): 'skewed' | 'presignExpired' | undefined {
  const signedAt = parseTimestamp(authorization.timestamp)
  const allowed = skew(authorization.scope.service)
  if (Number.isNaN(signedAt) || signedAt - now > allowed) return 'skewed'
  if (authorization.expires !== undefined) {
    return now > signedAt + authorization.expires * 1000 ? 'presignExpired' : undefined
  }
  return now - signedAt > allowed ? 'skewed' : undefined
}

function lateness(authorization: Authorization, now: Millis): string {
  const basic = (at: Millis) => `${new Date(at).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`
  const minutes = skew(authorization.scope.service) / 60_000
  const { timestamp } = authorization
  const future = parseTimestamp(timestamp) > now
  const bound = basic(future ? now + skew(authorization.scope.service) : now - skew(authorization.scope.service))
  return future
    ? `Signature not yet current: ${timestamp} is still later than ${bound} (${basic(now)} + ${minutes} min.)`
    : `Signature expired: ${timestamp} is now earlier than ${bound} (${basic(now)} - ${minutes} min.)`
}
