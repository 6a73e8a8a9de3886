import type { DetachUserPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { userHolder, userNamed, userResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity } from './names.ts'

export const detachUserPolicy: Operation<IamLends, DetachUserPolicyRequest, object> = {
  resources: userResources,
  run({ store }, { UserName, PolicyArn = '' }, { account }) {
    const { name } = userNamed(store, account, UserName)
    if (!store.detach(userHolder(account, name), PolicyArn)) throw noSuchEntity('policy', PolicyArn)
    return {}
  },
}
