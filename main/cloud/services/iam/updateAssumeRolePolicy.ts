import type { UpdateAssumeRolePolicyRequest } from '@aws-sdk/client-iam'
import { readPolicy } from '../../server/authorize.ts'
import type { Operation } from '../../server/operation.ts'
import { roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'

export const updateAssumeRolePolicy: Operation<IamLends, UpdateAssumeRolePolicyRequest, object> = {
  resources: roleResources,
  run({ store }, { RoleName, PolicyDocument = '' }, { account }) {
    const { name } = roleNamed(store, account, RoleName)
    readPolicy(PolicyDocument, 'trust')
    store.updateTrust(account, name, PolicyDocument)
    return {}
  },
}
