import type { PutUserPolicyRequest } from '@aws-sdk/client-iam'
import { readPolicy } from '../../server/authorize.ts'
import type { Operation } from '../../server/operation.ts'
import { userHolder, userNamed, userResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { checkName } from './names.ts'

export const putUserPolicy: Operation<IamLends, PutUserPolicyRequest, object> = {
  resources: userResources,
  run({ store }, { UserName, PolicyName = '', PolicyDocument = '' }, { account }) {
    const { name } = userNamed(store, account, UserName)
    checkName('policyName', PolicyName, 128)
    readPolicy(PolicyDocument, 'identity')
    store.putInline(userHolder(account, name), PolicyName, PolicyDocument)
    return {}
  },
}
