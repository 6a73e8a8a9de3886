import type { DeleteRoleRequest } from '@aws-sdk/client-iam'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { roleHolder, roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'

export const deleteRole: Operation<IamLends, DeleteRoleRequest, object> = {
  resources: roleResources,
  run({ store }, { RoleName }, { account }) {
    const { name } = roleNamed(store, account, RoleName)
    const holder = roleHolder(account, name)
    if (store.attached(holder).length > 0) {
      throw new AwsError('DeleteConflictException', 'Cannot delete entity, must detach all policies first.')
    }
    if (store.inlines(holder).length > 0) {
      throw new AwsError('DeleteConflictException', 'Cannot delete entity, must delete policies first.')
    }
    store.removeRole(account, name)
    return {}
  },
}
