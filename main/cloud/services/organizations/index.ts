import type { Service } from '../../server/operation.ts'
import { describeAccount } from './describeAccount.ts'
import { describeOrganization } from './describeOrganization.ts'
import { describeOrganizationalUnit } from './describeOrganizationalUnit.ts'
import { listAccounts } from './listAccounts.ts'
import { listAccountsForParent } from './listAccountsForParent.ts'
import { listChildren } from './listChildren.ts'
import { listOrganizationalUnitsForParent } from './listOrganizationalUnitsForParent.ts'
import { listParents } from './listParents.ts'
import { listRoots } from './listRoots.ts'
import type { OrganizationLends } from './organization.ts'

export function createOrganizations(lends: OrganizationLends): Service<OrganizationLends> {
  return {
    name: 'organizations',
    lends,
    operations: {
      DescribeAccount: describeAccount,
      DescribeOrganization: describeOrganization,
      DescribeOrganizationalUnit: describeOrganizationalUnit,
      ListAccounts: listAccounts,
      ListAccountsForParent: listAccountsForParent,
      ListChildren: listChildren,
      ListOrganizationalUnitsForParent: listOrganizationalUnitsForParent,
      ListParents: listParents,
      ListRoots: listRoots,
    },
  }
}
