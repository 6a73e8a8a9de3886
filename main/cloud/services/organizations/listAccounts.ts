import type { ListAccountsRequest, ListAccountsResponse } from '@aws-sdk/client-organizations'
import type { Operation } from '../../server/operation.ts'
import { asManagement, type OrganizationLends, paged } from './organization.ts'

/** Every account of the organization, the management account first. */
export const listAccounts: Operation<OrganizationLends, ListAccountsRequest, ListAccountsResponse> = {
  run(lends, input, call) {
    const { items, token } = paged(lends, asManagement(lends, call).accounts, input)
    return { Accounts: items, ...token }
  },
}
