import { AwsError } from '../awsError.ts'

/** Why a request's signature was not accepted. */
export type Refusal =
  | 'missing'
  | 'incomplete'
  | 'unknownKey'
  | 'wrongSignature'
  | 'wrongScope'
  | 'expiredRequest'
  | 'expiredToken'
  | 'invalidToken'

/** The families of AWS services that name the same refusal differently. */
export type Dialect = 'json' | 'restJson' | 'query' | 's3'

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const unknownKey = 'The security token included in the request is invalid.'
const expiredToken = 'The security token included in the request is expired'

type Answer = readonly [name: string, status: number, message: string]

const names: Readonly<Record<Refusal, { json: Answer; query: Answer; s3: Answer }>> = {
  missing: {
    json: ['MissingAuthenticationTokenException', 400, 'Missing Authentication Token'],
    query: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
    s3: ['AccessDenied', 403, 'Access Denied'],
  },
  incomplete: {
    json: ['IncompleteSignatureException', 400, ''],
    query: ['IncompleteSignature', 400, ''],
    s3: ['AuthorizationHeaderMalformed', 400, ''],
  },
  unknownKey: {
    json: ['UnrecognizedClientException', 400, unknownKey],
    query: ['InvalidClientTokenId', 403, unknownKey],
    s3: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
  },
  wrongSignature: {
    json: ['InvalidSignatureException', 400, mismatch],
    query: ['SignatureDoesNotMatch', 403, mismatch],
    s3: [
      'SignatureDoesNotMatch',
      403,
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    ],
  },
  wrongScope: {
    json: ['InvalidSignatureException', 400, ''],
    query: ['SignatureDoesNotMatch', 403, ''],
    s3: ['AuthorizationHeaderMalformed', 400, ''],
  },
  expiredRequest: {
    json: ['InvalidSignatureException', 400, ''],
    query: ['SignatureDoesNotMatch', 403, ''],
    s3: ['RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.'],
  },
  expiredToken: {
    json: ['ExpiredTokenException', 400, expiredToken],
    query: ['ExpiredToken', 403, expiredToken],
    s3: ['ExpiredToken', 400, 'The provided token has expired.'],
  },
  invalidToken: {
    json: ['UnrecognizedClientException', 400, unknownKey],
    query: ['InvalidClientTokenId', 403, unknownKey],
    s3: ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
  },
}

/** AWS's own error for a refusal; `detail` takes the place of a sentence that depends on the request. */
export function refuse(refusal: Refusal, dialect: Dialect, detail?: string): AwsError {
  const [name, status, message] = names[refusal][dialect === 'restJson' ? 'json' : dialect]
  // REST services answer 403 where the RPC ones answer 400.
  return new AwsError(name, message || (detail ?? ''), { status: dialect === 'restJson' ? 403 : status })
}
