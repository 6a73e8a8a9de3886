import type { GetRoleCredentialsRequest, GetRoleCredentialsResponse } from '@aws-sdk/client-sso'
import type { Operation } from '../../../server/operation.ts'
import { roleArn } from '../../iam/names.ts'
import { accessOf } from '../../sts/issueCredentials.ts'
import type { Identity } from '../lends.ts'
import { bearerOf, invalidRequest, noAccess } from './bearer.ts'

/**
 * Temporary credentials of the role behind a permission set, under the person's own name. They outlive the session
 * that they came from, as AWS's do.
 */
export const getRoleCredentials: Operation<Identity, GetRoleCredentialsRequest, GetRoleCredentialsResponse> = {
  authorized: false,
  run(identity, input) {
    const { directory, store, lifetimes } = identity
    const { user } = bearerOf(identity, input.accessToken)
    const { accountId: account = '', roleName: permissionSet = '' } = input
    if (account === '' || permissionSet === '') throw invalidRequest('account_id and role_name are required')
    const set = directory.permissionSet(permissionSet)
    const role = store.role(account, directory.roleFor(account, permissionSet) ?? '')
    if (!set || !role || !directory.isAssigned({ user, account, permissionSet })) throw noAccess()
    const seconds = lifetimes.role === undefined ? set.seconds : Math.ceil(lifetimes.role / 1000)
    const { accessKeyId, secretAccessKey, sessionToken, expires } = accessOf(
      identity,
      {
        kind: 'assumedRole',
        account,
        arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${user}`,
        userId: `${role.id}:${user}`,
        principalArn: roleArn(role),
      },
      seconds,
    )
    return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expires } }
  },
}
