import type { DeletePolicyRequest } from '@aws-sdk/client-iam'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { policyNamed } from './describe.ts'
import type { IamLends } from './index.ts'

export const deletePolicy: Operation<IamLends, DeletePolicyRequest, object> = {
  resources: ({ PolicyArn }) => [PolicyArn ?? '*'],
  run({ store }, { PolicyArn = '' }, { account }) {
    const { name } = policyNamed(store, PolicyArn)
    if (store.attachments(PolicyArn) > 0) {
      throw new AwsError('DeleteConflictException', 'Cannot delete a policy attached to entities.')
    }
    store.removePolicy(account, name)
    return {}
  },
}
