import type { GetUserPolicyRequest, GetUserPolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { onWire, userHolder, userNamed, userResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity } from './names.ts'

export const getUserPolicy: Operation<IamLends, GetUserPolicyRequest, GetUserPolicyResponse> = {
  resources: userResources,
  run({ store }, { UserName, PolicyName = '' }, { account }) {
    const { name } = userNamed(store, account, UserName)
    const document = store.inline(userHolder(account, name), PolicyName)
    if (document === undefined) throw noSuchEntity('user policy', PolicyName)
    return { UserName: name, PolicyName, PolicyDocument: onWire(document) }
  },
}
