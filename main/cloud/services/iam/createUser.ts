import type { CreateUserRequest, CreateUserResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { describeUser } from './describe.ts'
import type { IamLends } from './index.ts'
import { alreadyExists, checkName, checkPath, userArn } from './names.ts'

export const createUser: Operation<IamLends, CreateUserRequest, CreateUserResponse> = {
  resources: ({ Path = '/', UserName = '' }, { account }) => [userArn({ account, path: Path, name: UserName })],
  run({ store, secrets, clock }, { UserName = '', Path }, { account }) {
    const name = checkName('userName', UserName)
    const path = checkPath(Path)
    if (store.user(account, name)) throw alreadyExists('User', name)
    const user = { account, name, path, id: secrets.uniqueId('AIDA'), created: clock.now() }
    store.addUser(user)
    return { User: describeUser(user) }
  },
}
