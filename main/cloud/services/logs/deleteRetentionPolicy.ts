import type { DeleteRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { checkGroupName, findGroup, groupResource } from './refusals.ts'

export const deleteRetentionPolicy: Operation<Logs, DeleteRetentionPolicyRequest, object> = {
  resources: (input, call) => groupResource(call, input.logGroupName),
  run({ store }, input, call) {
    store.setRetention(findGroup(store, call, checkGroupName(input.logGroupName)), null)
    return {}
  },
}
