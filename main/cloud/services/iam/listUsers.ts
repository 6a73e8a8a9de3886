import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { describeUser } from './describe.ts'
import type { IamLends } from './index.ts'
import { page } from './page.ts'

export const listUsers: Operation<IamLends, ListUsersRequest, ListUsersResponse> = {
  run({ store }, { PathPrefix = '/', ...paging }, { account }) {
    const users = store.users(account).filter(user => user.path.startsWith(PathPrefix))
    const { items, ...rest } = page(users, paging)
    return { Users: items.map(describeUser), ...rest }
  },
}
