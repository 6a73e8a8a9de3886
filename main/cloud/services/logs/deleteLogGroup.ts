import type { DeleteLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { checkGroupName, findGroup, groupResource } from './refusals.ts'

export const deleteLogGroup: Operation<Logs, DeleteLogGroupRequest, object> = {
  resources: (input, call) => groupResource(call, input.logGroupName),
  run({ store }, input, call) {
    store.deleteGroup(findGroup(store, call, checkGroupName(input.logGroupName)))
    return {}
  },
}
