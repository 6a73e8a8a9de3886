import type { ListAccountRolesRequest, ListAccountRolesResponse } from '@aws-sdk/client-sso'
import { invalidRequest, noAccess } from './bearer.ts'
import { pageOf } from './pages.ts'
import { portalOperation } from './portalOperation.ts'

/** The permission sets that a person has in an account. UNCONFIRMED: what AWS answers where they have none. */
export const listAccountRoles = portalOperation<ListAccountRolesRequest, ListAccountRolesResponse>({
  name: 'ListAccountRoles',
  details: ({ accountId = '' }) => ({ account_id: accountId }),
  run(identity, input, { user }) {
    const { accountId } = input
    if (accountId === undefined || !/^\d{12}$/.test(accountId)) throw invalidRequest('Invalid account id')
    const theirs = identity.directory.assignments(user).filter(({ account }) => account === accountId)
    if (theirs.length === 0) throw noAccess()
    const request = { list: 'roles', user, accountId }
    const { items, nextToken } = pageOf(identity, theirs, ({ permissionSet }) => permissionSet, input, request)
    return {
      roleList: items.map(({ permissionSet }) => ({ roleName: permissionSet, accountId })),
      ...(nextToken !== undefined && { nextToken }),
    }
  },
})
