import type { ListPoliciesRequest, ListPoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { describePolicy, policyNamed } from './describe.ts'
import type { IamLends } from './index.ts'
import { awsManagedPolicies } from './managedPolicies.ts'
import { page } from './page.ts'

export const listPolicies: Operation<IamLends, ListPoliciesRequest, ListPoliciesResponse> = {
  run({ store }, { Scope = 'All', OnlyAttached, PathPrefix = '/', Marker, MaxItems }, { account }) {
    const own = Scope === 'AWS' ? [] : store.policies(account)
    const names = Scope === 'Local' ? [] : Object.keys(awsManagedPolicies)
    const aws = names.map(name => policyNamed(store, `arn:aws:iam::aws:policy/${name}`))
    const described = [...own, ...aws]
      .filter(policy => policy.path.startsWith(PathPrefix))
      .map(policy => describePolicy(store, policy))
      .filter(policy => !OnlyAttached || policy.AttachmentCount > 0)
    const { items, ...rest } = page(described, { Marker, MaxItems })
    return { Policies: items, ...rest }
  },
}
