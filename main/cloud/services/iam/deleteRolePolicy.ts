import type { DeleteRolePolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { roleHolder, roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity } from './names.ts'

export const deleteRolePolicy: Operation<IamLends, DeleteRolePolicyRequest, object> = {
  resources: roleResources,
  run({ store }, { RoleName, PolicyName = '' }, { account }) {
    const { name } = roleNamed(store, account, RoleName)
    if (!store.removeInline(roleHolder(account, name), PolicyName)) throw noSuchEntity('role policy', PolicyName)
    return {}
  },
}
