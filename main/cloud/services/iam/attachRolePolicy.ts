import type { AttachRolePolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { documentOf } from './createIdentities.ts'
import { roleHolder, roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity } from './names.ts'

export const attachRolePolicy: Operation<IamLends, AttachRolePolicyRequest, object> = {
  resources: roleResources,
  run({ store }, { RoleName, PolicyArn = '' }, { account }) {
    const { name } = roleNamed(store, account, RoleName)
    if (documentOf(store, PolicyArn) === undefined) throw noSuchEntity('policy', PolicyArn)
    store.attach(roleHolder(account, name), PolicyArn)
    return {}
  },
}
