import type { GetRolePolicyRequest, GetRolePolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { onWire, roleHolder, roleNamed, roleResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity } from './names.ts'

export const getRolePolicy: Operation<IamLends, GetRolePolicyRequest, GetRolePolicyResponse> = {
  resources: roleResources,
  run({ store }, { RoleName, PolicyName = '' }, { account }) {
    const { name } = roleNamed(store, account, RoleName)
    const document = store.inline(roleHolder(account, name), PolicyName)
    if (document === undefined) throw noSuchEntity('role policy', PolicyName)
    return { RoleName: name, PolicyName, PolicyDocument: onWire(document) }
  },
}
