import type { PutRolePolicyRequest } from '@aws-sdk/client-iam'
import { readPolicy } from '../../server/authorize.ts'
import type { Operation } from '../../server/operation.ts'
import { roleHolder, roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { checkName } from './names.ts'

export const putRolePolicy: Operation<IamLends, PutRolePolicyRequest, object> = {
  resources: roleResources,
  run({ store }, { RoleName, PolicyName = '', PolicyDocument = '' }, { account }) {
    const { name } = roleNamed(store, account, RoleName)
    checkName('policyName', PolicyName, 128)
    readPolicy(PolicyDocument, 'identity')
    store.putInline(roleHolder(account, name), PolicyName, PolicyDocument)
    return {}
  },
}
