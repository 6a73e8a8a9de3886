import { Failure, messageOf, type Place } from '../base/failure.ts'
import type { Verdict } from './callBudget.ts'

const throttles = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'SlowDown',
  'PriorRequestNotComplete',
])
const expired = new Set([
  'ExpiredTokenException',
  'ExpiredToken',
  'RequestExpired',
  'TokenRefreshRequired',
  // The desk's own: a sign-in, or a code of an MFA device, is a person's to give.
  'SignInNeeded',
  'MfaNeeded',
])
const unknownKey = new Set(['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId', 'AuthFailure'])
const badSignature = new Set(['InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestTimeTooSkewed'])
const denied = new Set(['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation'])
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
const timedOut = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException'])
const notThere = new Set(['NoSuchBucket', 'PermanentRedirect'])
const noCredentials = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError'])

/** Any error of an SDK call as the desk's own: AWS's code and text, and what to do about it. */
export function awsFailure(error: unknown, api: string, place: Place): Failure {
  if (error instanceof Failure) return error
  const name = error instanceof Error ? error.name : 'Unexpected'
  const said = messageOf(error)
  const text = asSentence(said)
  const requestId = metadataOf(error)?.requestId
  const make = (code: string, message: string, next?: string) =>
    new Failure({
      code,
      message,
      place,
      cause: error,
      ...(next !== undefined && { next }),
      ...(requestId !== undefined && { requestId }),
    })
  const where = [place.account, place.region].filter(Boolean).join(' in ')

  if (name === 'AbortError') return make('Aborted', 'The call is no longer wanted.')
  if (throttles.has(name)) {
    return make(
      name,
      `AWS throttles ${api} for ${where}: ${text}`,
      'Nothing to do: the desk asks less often and tries again.',
    )
  }
  if (expired.has(name)) {
    return make(name, `The credentials for ${where} have expired: ${text}`, 'Renew them, then choose Try again.')
  }
  if (unknownKey.has(name)) {
    return make(
      name,
      `AWS does not know the access key for ${where}, or the region is not enabled: ${text}`,
      'Check the profile’s keys, and that the region is enabled for the account.',
    )
  }
  if (badSignature.has(name)) {
    const skewed = name === 'RequestTimeTooSkewed' || /expired|not yet current|skew/i.test(text)
    return skewed
      ? make('ClockSkew', `This machine’s clock and AWS’s disagree: ${text}`, 'Set the clock, then choose Try again.')
      : make(name, `AWS refused the signature for ${where}: ${text}`, 'Check the secret access key of the profile.')
  }
  if (denied.has(name)) {
    const missing = missingPermission(said)
    return make(
      name,
      text,
      missing ? `Ask for ${missing.action} on ${missing.resource}.` : `Ask for ${api} on what was asked for.`,
    )
  }
  if (noCredentials.has(name)) {
    return make(
      'NoCredentials',
      `No credentials for ${where}: ${text}`,
      'Check the profile in ~/.aws/config, then choose Try again.',
    )
  }
  if (notThere.has(name)) return make(name, text, 'Check the bucket’s name, and the region that it is in.')
  const code = networkCode(error)
  if (timedOut.has(name) || (code !== undefined && unreachable.has(code))) {
    return make(
      'Unreachable',
      `${api} of ${where} could not be reached: ${asSentence(said || `${code}`)}`,
      'Check the network; the desk tries again by itself.',
    )
  }
  const status = metadataOf(error)?.httpStatusCode
  if (name === 'SyntaxError' || (status !== undefined && status >= 500)) {
    return make(
      name === 'SyntaxError' ? 'UnexpectedAnswer' : name,
      `${api} of ${where} answered with an error of its own${status ? ` (${status})` : ''}: ${text}`,
      'Nothing to do: the desk tries again.',
    )
  }
  return make(name, text)
}

/** AWS ends some of its texts with a full stop and others not; what to do follows in a sentence of its own. */
const asSentence = (text: string): string => (text === '' || /[.!?…]$/.test(text) ? text : `${text}.`)

/** The action and resource that AWS's sentence names, e.g. `… is not authorized to perform: X on resource: Y because …`. */
export function missingPermission(text: string): { action: string; resource: string } | undefined {
  const found = /not authorized to perform:?\s+([\w-]+:\w+)(?:\s+on\s+(?:the\s+)?resource:?\s+(\S*[^\s.]))?/i.exec(text)
  return found?.[1] === undefined ? undefined : { action: found[1], resource: found[2] ?? '*' }
}

/** What a failed call means for the call budget. */
export function judge(error: unknown): Verdict {
  if (!(error instanceof Failure)) return 'final'
  if (throttles.has(error.code)) return 'throttled'
  const status = metadataOf(error.cause)?.httpStatusCode ?? 0
  return error.code === 'Unreachable' || error.code === 'UnexpectedAnswer' || status >= 500 ? 'transient' : 'final'
}

/** True where nothing more can be asked in this account until its credentials change. */
export function isSessionFailure({ code }: { code: string }): boolean {
  return (
    expired.has(code) ||
    unknownKey.has(code) ||
    badSignature.has(code) ||
    code === 'ClockSkew' ||
    code === 'NoCredentials'
  )
}

/** True where the same call may succeed later without anybody's doing, or once the account is connected again. */
export function isPassing(failure: { code: string }): boolean {
  const passing = ['Unreachable', 'UnexpectedAnswer', 'NotConnected', 'Aborted', 'InternalFailure']
  return isThrottle(failure) || isSessionFailure(failure) || passing.includes(failure.code)
}

export const isDenial = ({ code }: { code: string }): boolean => denied.has(code)
/** AWS does not know who asks: the key is gone, or the region is not enabled for its account. */
export const isUnknownKey = ({ code }: { code: string }): boolean => unknownKey.has(code)
export const isExpiry = ({ code }: { code: string }): boolean => expired.has(code)
/** AWS refused because of the rate alone: the call budget has drawn its consequence, and the same call may succeed. */
export const isThrottle = ({ code }: { code: string }): boolean => throttles.has(code)

function metadataOf(error: unknown): { requestId?: string; httpStatusCode?: number } | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined
  const { $metadata } = error
  if (typeof $metadata !== 'object' || $metadata === null) return undefined
  const { requestId, httpStatusCode } = $metadata as Record<string, unknown>
  return {
    ...(typeof requestId === 'string' && { requestId }),
    ...(typeof httpStatusCode === 'number' && { httpStatusCode }),
  }
}

/** Node's code of a socket error, also where the SDK wrapped it. */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? undefined : networkCode(error.cause)
}
