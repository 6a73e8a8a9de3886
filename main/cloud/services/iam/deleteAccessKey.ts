import type { DeleteAccessKeyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { userNamed, userOrCaller, userResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity } from './names.ts'

export const deleteAccessKey: Operation<IamLends, DeleteAccessKeyRequest, object> = {
  resources: userResources,
  run({ store }, { UserName, AccessKeyId = '' }, call) {
    const { name } = userNamed(store, call.account, userOrCaller(UserName, call))
    if (!store.removeAccessKey(call.account, name, AccessKeyId)) throw noSuchEntity('Access Key', AccessKeyId)
    return {}
  },
}
