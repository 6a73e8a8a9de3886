import type { ListUserPoliciesRequest, ListUserPoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { userHolder, userNamed, userResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { page } from './page.ts'

export const listUserPolicies: Operation<IamLends, ListUserPoliciesRequest, ListUserPoliciesResponse> = {
  resources: userResources,
  run({ store }, { UserName, ...paging }, { account }) {
    const { name } = userNamed(store, account, UserName)
    const names = store.inlines(userHolder(account, name)).map(policy => policy.name)
    const { items, ...rest } = page(names, paging)
    return { PolicyNames: items, ...rest }
  },
}
