import type {
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse,
} from '@aws-sdk/client-organizations'
import type { Operation } from '../../server/operation.ts'
import { asManagement, type OrganizationLends, paged, parentNamed } from './organization.ts'

/** The units that stand directly under a root or a unit: all of them under the root. */
export const listOrganizationalUnitsForParent: Operation<
  OrganizationLends,
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse
> = {
  run(lends, input, call) {
    const view = asManagement(lends, call)
    const parent = parentNamed(view, input.ParentId)
    const { items, token } = paged(lends, parent === view.root.Id ? view.units : [], input)
    return { OrganizationalUnits: items, ...token }
  },
}
