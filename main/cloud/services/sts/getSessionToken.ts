import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checkDuration } from './assumeRole.ts'
import type { StsLends } from './index.ts'
import { issueCredentials } from './issueCredentials.ts'

/** Temporary credentials of the caller's own; for users, who need no leave for it. */
export const getSessionToken: Operation<StsLends, GetSessionTokenRequest, GetSessionTokenResponse> = {
  authorized: false,
  run(sts, { DurationSeconds: duration = 43_200 }, { caller }) {
    if (caller.kind !== 'user') {
      throw new AwsError('AccessDeniedException', 'Cannot call GetSessionToken with session credentials', {
        status: 403,
      })
    }
    checkDuration(duration)
    const { accessKeyId: _longTerm, ...user } = caller
    return { Credentials: issueCredentials(sts, user, duration) }
  },
}
