import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../server/operation.ts'
import { describePolicy, policyNamed } from './describe.ts'
import type { IamLends } from './index.ts'

export const getPolicy: Operation<IamLends, GetPolicyRequest, GetPolicyResponse> = {
  resources: ({ PolicyArn }) => [PolicyArn ?? '*'],
  run: ({ store }, { PolicyArn = '' }) => ({ Policy: describePolicy(store, policyNamed(store, PolicyArn)) }),
}
