import type { ListRolePoliciesRequest, ListRolePoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { roleHolder, roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { page } from './page.ts'

export const listRolePolicies: Operation<IamLends, ListRolePoliciesRequest, ListRolePoliciesResponse> = {
  resources: roleResources,
  run({ store }, { RoleName, ...paging }, { account }) {
    const { name } = roleNamed(store, account, RoleName)
    const names = store.inlines(roleHolder(account, name)).map(policy => policy.name)
    const { items, ...rest } = page(names, paging)
    return { PolicyNames: items, ...rest }
  },
}
