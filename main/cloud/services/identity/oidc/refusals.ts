import { AwsError } from '../../../server/awsError.ts'

/** sso-oidc's errors: what OAuth calls them, what AWS does, and the status where it is not 400. */
const errors = {
  access_denied: ['AccessDeniedException'],
  authorization_pending: ['AuthorizationPendingException'],
  expired_token: ['ExpiredTokenException'],
  invalid_client: ['InvalidClientException', 401],
  invalid_client_metadata: ['InvalidClientMetadataException'],
  invalid_grant: ['InvalidGrantException'],
  invalid_redirect_uri: ['InvalidRedirectUriException'],
  invalid_request: ['InvalidRequestException'],
  invalid_scope: ['InvalidScopeException'],
  slow_down: ['SlowDownException'],
  unauthorized_client: ['UnauthorizedClientException'],
  unsupported_grant_type: ['UnsupportedGrantTypeException'],
} as const satisfies Record<string, readonly [name: string, status?: number]>

/** A refusal as OAuth has it (RFC 6749, section 5.2), under AWS's name. UNCONFIRMED: AWS's descriptions. */
export function refusal(error: keyof typeof errors, description: string): AwsError {
  const [name, status = 400]: readonly [name: string, status?: number] = errors[error]
  return new AwsError(name, description, { status, members: { error, error_description: description } })
}

/** A member that the model requires. Throws InvalidRequestException. */
export function required(name: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value
  throw refusal('invalid_request', `Missing parameter: ${name}`)
}
