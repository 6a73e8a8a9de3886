import type { DescribeOrganizationResponse } from '@aws-sdk/client-organizations'
import type { Operation } from '../../server/operation.ts'
import { type OrganizationLends, viewOf } from './organization.ts'

/** The organization; every member may ask for it. */
export const describeOrganization: Operation<OrganizationLends, object, DescribeOrganizationResponse> = {
  run: lends => ({ Organization: viewOf(lends).organization }),
}
