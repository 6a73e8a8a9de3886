import type { ListAccountsForParentRequest, ListAccountsForParentResponse } from '@aws-sdk/client-organizations'
import type { Operation } from '../../server/operation.ts'
import { asManagement, type OrganizationLends, paged, parentNamed } from './organization.ts'

/** The accounts that stand directly under a root or a unit. */
export const listAccountsForParent: Operation<
  OrganizationLends,
  ListAccountsForParentRequest,
  ListAccountsForParentResponse
> = {
  run(lends, input, call) {
    const view = asManagement(lends, call)
    const parent = parentNamed(view, input.ParentId)
    const under = view.accounts.filter(({ Id }) => view.parentOf(Id) === parent)
    const { items, token } = paged(lends, under, input)
    return { Accounts: items, ...token }
  },
}
