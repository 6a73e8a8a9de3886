import type { ListAccessKeysRequest, ListAccessKeysResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { userNamed, userOrCaller, userResources } from './describe.ts'
import type { IamLends } from './index.ts'
import { page } from './page.ts'

export const listAccessKeys: Operation<IamLends, ListAccessKeysRequest, ListAccessKeysResponse> = {
  resources: userResources,
  run({ store }, { UserName, ...paging }, call) {
    const { name } = userNamed(store, call.account, userOrCaller(UserName, call))
    const { items, ...rest } = page(store.accessKeys(call.account, name), paging)
    const AccessKeyMetadata = items.map(({ id, created }) => {
      return { UserName: name, AccessKeyId: id, Status: 'Active' as const, CreateDate: new Date(created) }
    })
    return { AccessKeyMetadata, ...rest }
  },
}
