import type { ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { userHolder, userNamed, userResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { page } from './page.ts'

export const listAttachedUserPolicies: Operation<
  IamLends,
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse
> = {
  resources: userResources,
  run({ store }, { UserName, PathPrefix: _everything, ...paging }, { account }) {
    const { name } = userNamed(store, account, UserName)
    const { items, ...rest } = page(store.attached(userHolder(account, name)), paging)
    return {
      AttachedPolicies: items.map(PolicyArn => ({ PolicyArn, PolicyName: PolicyArn.split('/').at(-1) })),
      ...rest,
    }
  },
}
