import type {
  DescribeOrganizationalUnitRequest,
  DescribeOrganizationalUnitResponse,
} from '@aws-sdk/client-organizations'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { asManagement, type OrganizationLends } from './organization.ts'

/** One organizational unit. */
export const describeOrganizationalUnit: Operation<
  OrganizationLends,
  DescribeOrganizationalUnitRequest,
  DescribeOrganizationalUnitResponse
> = {
  run(lends, { OrganizationalUnitId }, call) {
    const unit = asManagement(lends, call).units.find(({ Id }) => Id === OrganizationalUnitId)
    if (unit) return { OrganizationalUnit: unit }
    throw new AwsError(
      'OrganizationalUnitNotFoundException',
      "You specified an organizational unit that doesn't exist.",
    )
  },
}
