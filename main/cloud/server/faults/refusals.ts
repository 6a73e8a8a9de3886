import type { Dialect } from '../auth/refusal.ts'
import { refuse } from '../auth/refusal.ts'
import { AwsError } from '../awsError.ts'
import type { Fate } from './decide.ts'

type Why = Extract<Fate, { kind: 'refuse' }>['as']

const internal = 'The request processing has failed because of an unknown error, exception or failure.'
const unavailable = 'The request has failed due to a temporary failure of the server.'

/** AWS's own error for a fault, as the service's protocol names it; the query protocol cuts its suffixes by itself. */
export function faultError(why: Why, service: string, dialect: Dialect): AwsError {
  if (why === 'expired') return refuse('expiredToken', dialect)
  if (why === 'throttled') return throttling(service, dialect)
  if (dialect === 's3') {
    return why === 'internalError'
      ? new AwsError('InternalError', 'We encountered an internal error. Please try again.', { status: 500 })
      : new AwsError('ServiceUnavailable', 'Service is unable to handle request.', { status: 503 })
  }
  return why === 'internalError'
    ? new AwsError('InternalFailure', internal, { status: 500 })
    : new AwsError('ServiceUnavailableException', unavailable, { status: 503 })
}

/** REST services in JSON say 429; of the others S3 alone has a word and a status of its own. */
function throttling(service: string, dialect: Dialect): AwsError {
  if (dialect === 's3') return new AwsError('SlowDown', 'Please reduce your request rate.', { status: 503 })
  if (dialect !== 'restJson') return new AwsError('ThrottlingException', 'Rate exceeded')
  const members = service === 'lambda' ? { Reason: 'CallerRateLimitExceeded' } : {}
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429, members })
}
