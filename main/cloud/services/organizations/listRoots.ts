import type { ListRootsRequest, ListRootsResponse } from '@aws-sdk/client-organizations'
import type { Operation } from '../../server/operation.ts'
import { asManagement, type OrganizationLends, paged } from './organization.ts'

/** The one root. */
export const listRoots: Operation<OrganizationLends, ListRootsRequest, ListRootsResponse> = {
  run(lends, input, call) {
    const { items, token } = paged(lends, [asManagement(lends, call).root], input)
    return { Roots: items, ...token }
  },
}
