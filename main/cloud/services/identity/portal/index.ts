import type { Service } from '../../../server/operation.ts'
import type { Identity } from '../lends.ts'
import { getRoleCredentials } from './getRoleCredentials.ts'
import { listAccountRoles } from './listAccountRoles.ts'
import { listAccounts } from './listAccounts.ts'
import { logout } from './logout.ts'

/** sso: the portal's API. */
export function createSso(lends: Identity): Service<Identity> {
  return {
    name: 'sso',
    lends,
    operations: {
      GetRoleCredentials: getRoleCredentials,
      ListAccountRoles: listAccountRoles,
      ListAccounts: listAccounts,
      Logout: logout,
    },
  }
}
