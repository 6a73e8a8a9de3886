import { AwsError } from '../../../server/awsError.ts'
import type { Identity } from '../lends.ts'
import type { Bearer } from '../store/grants.ts'

/** Who asks, by the token in `x-amz-sso_bearer_token`. Throws UnauthorizedException for a dead one. */
export function bearerOf({ grants }: Pick<Identity, 'grants'>, accessToken: string | undefined): Bearer {
  const bearer = accessToken === undefined ? undefined : grants.bearer(accessToken)
  if (bearer) return bearer
  throw new AwsError('UnauthorizedException', 'Session token not found or invalid', { status: 401 })
}

/** What AWS says of an account or a role that the person was not given. It is in no model, yet clients see it. */
export const noAccess = () => new AwsError('ForbiddenException', 'No access', { status: 403 })

export const invalidRequest = (message: string) => new AwsError('InvalidRequestException', message)
