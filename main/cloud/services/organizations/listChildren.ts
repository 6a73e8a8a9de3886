import type { ListChildrenRequest, ListChildrenResponse } from '@aws-sdk/client-organizations'
import type { Operation } from '../../server/operation.ts'
import { asManagement, type OrganizationLends, paged, parentNamed } from './organization.ts'

/** The accounts or the units that stand directly under a root or a unit. */
export const listChildren: Operation<OrganizationLends, ListChildrenRequest, ListChildrenResponse> = {
  run(lends, input, call) {
    const view = asManagement(lends, call)
    const parent = parentNamed(view, input.ParentId)
    const all = input.ChildType === 'ACCOUNT' ? view.accounts : view.units
    const under = all.filter(({ Id }) => view.parentOf(Id) === parent)
    const { items, token } = paged(lends, under, input)
    return { Children: items.map(({ Id }) => ({ Id, Type: input.ChildType })), ...token }
  },
}
