import type { DeleteServiceSpecificCredentialRequest } from '@aws-sdk/client-iam'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { userNamed, userOrCaller, userResources } from './describe.ts'
import type { IamLends } from './index.ts'

export const deleteServiceSpecificCredential: Operation<IamLends, DeleteServiceSpecificCredentialRequest, object> = {
  resources: userResources,
  run({ store, gitCredentials }, { UserName, ServiceSpecificCredentialId: id = '' }, call) {
    const { name } = userNamed(store, call.account, userOrCaller(UserName, call))
    if (!gitCredentials.remove(call.account, name, id)) {
      throw new AwsError('NoSuchEntityException', `No such credential ${id} exists`)
    }
    return {}
  },
}
