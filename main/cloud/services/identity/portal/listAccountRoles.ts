import type { ListAccountRolesRequest, ListAccountRolesResponse } from '@aws-sdk/client-sso'
import type { Operation } from '../../../server/operation.ts'
import type { Identity } from '../lends.ts'
import { bearerOf, invalidRequest, noAccess } from './bearer.ts'
import { pageOf } from './pages.ts'

/** The permission sets that a person has in an account. UNCONFIRMED: what AWS answers where they have none. */
export const listAccountRoles: Operation<Identity, ListAccountRolesRequest, ListAccountRolesResponse> = {
  authorized: false,
  run(identity, input) {
    const { user } = bearerOf(identity, input.accessToken)
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
}
