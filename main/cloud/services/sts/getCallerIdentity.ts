import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import type { Operation } from '../../server/operation.ts'
import type { StsLends } from './index.ts'

/** Who am I: the one call that nobody needs leave for. */
export const getCallerIdentity: Operation<StsLends, GetCallerIdentityRequest, GetCallerIdentityResponse> = {
  authorized: false,
  run: (_sts, _input, { caller }) => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn }),
}
