import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from '@aws-sdk/client-iam'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { onWire, policyNamed } from './describe.ts'
import type { IamLends } from './index.ts'

/** Policies here have one version, `v1`: CreatePolicyVersion does not exist. */
export const getPolicyVersion: Operation<IamLends, GetPolicyVersionRequest, GetPolicyVersionResponse> = {
  resources: ({ PolicyArn }) => [PolicyArn ?? '*'],
  run({ store }, { PolicyArn = '', VersionId = '' }) {
    const { document, created } = policyNamed(store, PolicyArn)
    if (VersionId !== 'v1') {
      throw new AwsError(
        'NoSuchEntityException',
        `Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`,
      )
    }
    const PolicyVersion = {
      Document: onWire(document),
      VersionId,
      IsDefaultVersion: true,
      CreateDate: new Date(created),
    }
    return { PolicyVersion }
  },
}
