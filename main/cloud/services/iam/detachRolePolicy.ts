import type { DetachRolePolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { roleHolder, roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity } from './names.ts'

export const detachRolePolicy: Operation<IamLends, DetachRolePolicyRequest, object> = {
  resources: roleResources,
  run({ store }, { RoleName, PolicyArn = '' }, { account }) {
    const { name } = roleNamed(store, account, RoleName)
    if (!store.detach(roleHolder(account, name), PolicyArn)) throw noSuchEntity('policy', PolicyArn)
    return {}
  },
}
