import type { DeleteUserRequest } from '@aws-sdk/client-iam'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { userHolder, userNamed, userResources } from './describe.ts'
import type { IamLends } from './index.ts'

export const deleteUser: Operation<IamLends, DeleteUserRequest, object> = {
  resources: userResources,
  run({ store, gitCredentials }, { UserName }, { account }) {
    const { name } = userNamed(store, account, UserName)
    const conflict = (what: string) =>
      new AwsError('DeleteConflictException', `Cannot delete entity, must ${what} first.`)
    const holder = userHolder(account, name)
    if (store.accessKeys(account, name).length > 0) throw conflict('delete access keys')
    // A later user of the same name must not inherit them.
    if (gitCredentials.ofUser(account, name).length > 0) throw conflict('delete service-specific credentials')
    if (store.attached(holder).length > 0) throw conflict('detach all policies')
    if (store.inlines(holder).length > 0) throw conflict('delete policies')
    store.removeUser(account, name)
    return {}
  },
}
