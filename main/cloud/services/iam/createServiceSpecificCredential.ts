import type {
  CreateServiceSpecificCredentialRequest,
  CreateServiceSpecificCredentialResponse,
} from '@aws-sdk/client-iam'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { userNamed, userOrCaller, userResources } from './describe.ts'
import type { IamLends } from './index.ts'

/** The one service here that takes them, by its name in IAM. */
export const gitService = 'codecommit.amazonaws.com'

/** Git credentials for CodeCommit: shown here, and never again. */
export const createServiceSpecificCredential: Operation<
  IamLends,
  CreateServiceSpecificCredentialRequest,
  CreateServiceSpecificCredentialResponse
> = {
  resources: userResources,
  run({ store, gitCredentials }, { UserName, ServiceName }, call) {
    const { name } = userNamed(store, call.account, userOrCaller(UserName, call))
    if (ServiceName !== gitService) {
      throw new AwsError(
        'ServiceNotSupportedException',
        `Service-specific credentials are not supported for ${ServiceName}`,
      )
    }
    if (gitCredentials.ofUser(call.account, name).length >= 2) {
      throw new AwsError('LimitExceededException', 'Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2')
    }
    const { id, userName, password, createdAt } = gitCredentials.create(call.account, name)
    return {
      ServiceSpecificCredential: {
        UserName: name,
        ServiceName: gitService,
        ServiceSpecificCredentialId: id,
        ServiceUserName: userName,
        ServicePassword: password,
        Status: 'Active',
        CreateDate: new Date(createdAt),
      },
    }
  },
}
