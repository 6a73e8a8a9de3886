import type { PutRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { checkGroupName, findGroup, groupResource, invalidParameter } from './refusals.ts'

/** The days that AWS offers (PutRetentionPolicy, API reference). */
const offered = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

export const putRetentionPolicy: Operation<Logs, PutRetentionPolicyRequest, object> = {
  resources: (input, call) => groupResource(call, input.logGroupName),
  run({ store }, input, call) {
    const days = input.retentionInDays
    if (days === undefined || !offered.includes(days))
      throw invalidParameter(`retentionInDays must be one of ${offered.join(', ')}.`)
    store.setRetention(findGroup(store, call, checkGroupName(input.logGroupName)), days)
    store.expire(call.at)
    return {}
  },
}
