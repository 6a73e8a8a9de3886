import type { DeleteUserPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { userHolder, userNamed, userResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity } from './names.ts'

export const deleteUserPolicy: Operation<IamLends, DeleteUserPolicyRequest, object> = {
  resources: userResources,
  run({ store }, { UserName, PolicyName = '' }, { account }) {
    const { name } = userNamed(store, account, UserName)
    if (!store.removeInline(userHolder(account, name), PolicyName)) throw noSuchEntity('user policy', PolicyName)
    return {}
  },
}
