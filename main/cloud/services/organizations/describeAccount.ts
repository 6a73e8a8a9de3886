import type { DescribeAccountRequest, DescribeAccountResponse } from '@aws-sdk/client-organizations'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { asManagement, type OrganizationLends } from './organization.ts'

/** One account of the organization. */
export const describeAccount: Operation<OrganizationLends, DescribeAccountRequest, DescribeAccountResponse> = {
  run(lends, { AccountId }, call) {
    const account = asManagement(lends, call).accounts.find(({ Id }) => Id === AccountId)
    if (account) return { Account: account }
    throw new AwsError('AccountNotFoundException', "You specified an account that doesn't exist.")
  },
}
