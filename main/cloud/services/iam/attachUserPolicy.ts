import type { AttachUserPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { documentOf } from './createIdentities.ts'
import { userHolder, userNamed, userResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity } from './names.ts'

export const attachUserPolicy: Operation<IamLends, AttachUserPolicyRequest, object> = {
  resources: userResources,
  run({ store }, { UserName, PolicyArn = '' }, { account }) {
    const { name } = userNamed(store, account, UserName)
    if (documentOf(store, PolicyArn) === undefined) throw noSuchEntity('policy', PolicyArn)
    store.attach(userHolder(account, name), PolicyArn)
    return {}
  },
}
