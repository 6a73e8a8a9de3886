import type { ListAccountsRequest, ListAccountsResponse } from '@aws-sdk/client-sso'
import type { Operation } from '../../../server/operation.ts'
import { emailOf } from '../../organizations/email.ts'
import type { Identity } from '../lends.ts'
import { bearerOf } from './bearer.ts'
import { pageOf } from './pages.ts'

/** The accounts that a person has any permission set in, by id. */
export const listAccounts: Operation<Identity, ListAccountsRequest, ListAccountsResponse> = {
  authorized: false,
  run(identity, input) {
    const { user } = bearerOf(identity, input.accessToken)
    const theirs = new Set(identity.directory.assignments(user).map(({ account }) => account))
    const accounts = identity.accounts.filter(({ id }) => theirs.has(id)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const { items, nextToken } = pageOf(identity, accounts, ({ id }) => id, input, { list: 'accounts', user })
    return {
      accountList: items.map(({ id, name }) => ({ accountId: id, accountName: name, emailAddress: emailOf(name) })),
      ...(nextToken !== undefined && { nextToken }),
    }
  },
}
