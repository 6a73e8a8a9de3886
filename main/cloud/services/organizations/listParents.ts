import type { ListParentsRequest, ListParentsResponse } from '@aws-sdk/client-organizations'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { asManagement, type OrganizationLends } from './organization.ts'

/** Where an account or a unit stands: there is always one parent. */
export const listParents: Operation<OrganizationLends, ListParentsRequest, ListParentsResponse> = {
  run(lends, { ChildId = '' }, call) {
    const view = asManagement(lends, call)
    const parent = view.parentOf(ChildId)
    if (parent === undefined)
      throw new AwsError(
        'ChildNotFoundException',
        "We can't find an organizational unit (OU) or account with the ChildId that you specified.",
      )
    return { Parents: [{ Id: parent, Type: parent === view.root.Id ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] }
  },
}
