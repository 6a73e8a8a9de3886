import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-iam'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { describeUser, userNamed, userResources } from './describe.ts'
import type { IamLends } from './index.ts'

/** Without a name, the caller. */
export const getUser: Operation<IamLends, GetUserRequest, GetUserResponse> = {
  resources: userResources,
  run({ store }, { UserName }, { account, caller }) {
    if (UserName === undefined && caller.kind !== 'user') {
      throw new AwsError('ValidationException', 'Must specify userName when calling with non-User credentials')
    }
    return { User: describeUser(userNamed(store, account, UserName ?? caller.arn.split('/').at(-1))) }
  },
}
