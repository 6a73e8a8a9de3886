import type { ListAccountsRequest, ListAccountsResponse } from '@aws-sdk/client-sso'
import { emailOf } from '../../organizations/email.ts'
import { pageOf } from './pages.ts'
import { portalOperation } from './portalOperation.ts'

/** The accounts that a person has any permission set in, by id. */
export const listAccounts = portalOperation<ListAccountsRequest, ListAccountsResponse>({
  name: 'ListAccounts',
  run(identity, input, { user }) {
    const theirs = new Set(identity.directory.assignments(user).map(({ account }) => account))
    const accounts = identity.accounts.filter(({ id }) => theirs.has(id)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const { items, nextToken } = pageOf(identity, accounts, ({ id }) => id, input, { list: 'accounts', user })
    return {
      accountList: items.map(({ id, name }) => ({ accountId: id, accountName: name, emailAddress: emailOf(name) })),
      ...(nextToken !== undefined && { nextToken }),
    }
  },
})
