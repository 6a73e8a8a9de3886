import type { ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { roleHolder, roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { page } from './page.ts'

export const listAttachedRolePolicies: Operation<
  IamLends,
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse
> = {
  resources: roleResources,
  run({ store }, { RoleName, PathPrefix: _everything, ...paging }, { account }) {
    const { name } = roleNamed(store, account, RoleName)
    const { items, ...rest } = page(store.attached(roleHolder(account, name)), paging)
    return {
      AttachedPolicies: items.map(PolicyArn => ({ PolicyArn, PolicyName: PolicyArn.split('/').at(-1) })),
      ...rest,
    }
  },
}
