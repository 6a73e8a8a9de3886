import type { ListServiceSpecificCredentialsRequest, ListServiceSpecificCredentialsResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { gitService } from './createServiceSpecificCredential.ts'
import { userNamed, userOrCaller, userResources } from './describe.ts'
import type { IamLends } from './index.ts'

export const listServiceSpecificCredentials: Operation<
  IamLends,
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse
> = {
  resources: userResources,
  run({ store, gitCredentials }, { UserName, ServiceName = gitService }, call) {
    const { name } = userNamed(store, call.account, userOrCaller(UserName, call))
    const found = ServiceName === gitService ? gitCredentials.ofUser(call.account, name) : []
    return {
      ServiceSpecificCredentials: found.map(({ id, userName, createdAt }) => ({
        UserName: name,
        ServiceName: gitService,
        ServiceSpecificCredentialId: id,
        ServiceUserName: userName,
        Status: 'Active',
        CreateDate: new Date(createdAt),
      })),
    }
  },
}
