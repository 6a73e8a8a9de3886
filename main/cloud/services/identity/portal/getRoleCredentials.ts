import type { GetRoleCredentialsRequest, GetRoleCredentialsResponse } from '@aws-sdk/client-sso'
import { roleArn } from '../../iam/names.ts'
import { accessOf } from '../../sts/issueCredentials.ts'
import { invalidRequest, noAccess } from './bearer.ts'
import { portalOperation } from './portalOperation.ts'

/**
 * Temporary credentials of the role behind a permission set, under the person's own name. They outlive the session
 * that they came from, as AWS's do.
 */
export const getRoleCredentials = portalOperation<GetRoleCredentialsRequest, GetRoleCredentialsResponse>({
  name: 'GetRoleCredentials',
  details: ({ accountId = '', roleName = '' }) => ({ role_name: roleName, account_id: accountId }),
  async run(identity, input, bearer) {
    const { directory, store, lifetimes, trail } = identity
    const { user } = bearer
    const { accountId: account = '', roleName: permissionSet = '' } = input
    if (account === '' || permissionSet === '') throw invalidRequest('account_id and role_name are required')
    const set = directory.permissionSet(permissionSet)
    const role = store.role(account, directory.roleFor(account, permissionSet) ?? '')
    if (!set || !role || !directory.isAssigned({ user, account, permissionSet })) throw noAccess()
    const seconds = lifetimes.role === undefined ? set.seconds : Math.ceil(lifetimes.role / 1000)
    const session = {
      kind: 'assumedRole',
      account,
      arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${user}`,
      userId: `${role.id}:${user}`,
      principalArn: roleArn(role),
    } as const
    const { accessKeyId, secretAccessKey, sessionToken, expires } = accessOf(identity, session, seconds)
    await trail.tookRole(bearer, { session, accessKeyId, expires, seconds })
    return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expires } }
  },
})
