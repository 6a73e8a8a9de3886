import type { ListRolesRequest, ListRolesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { describeRole } from './describe.ts'
import type { IamLends } from './index.ts'
import { page } from './page.ts'

export const listRoles: Operation<IamLends, ListRolesRequest, ListRolesResponse> = {
  run({ store }, { PathPrefix = '/', ...paging }, { account }) {
    const roles = store.roles(account).filter(role => role.path.startsWith(PathPrefix))
    const { items, ...rest } = page(roles, paging)
    return { Roles: items.map(describeRole), ...rest }
  },
}
