import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { describeRole, roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'

export const getRole: Operation<IamLends, GetRoleRequest, GetRoleResponse> = {
  resources: roleResources,
  run: ({ store }, { RoleName }, { account }) => ({ Role: describeRole(roleNamed(store, account, RoleName)) }),
}
