import type { RemoveTargetsRequest, RemoveTargetsResponse } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { type EventBridge, ruleOf, ruleResource } from './lends.ts'

export const removeTargets: Operation<EventBridge, RemoveTargetsRequest, RemoveTargetsResponse> = {
  resources: ({ Rule, EventBusName }, call) => ruleResource(call, Rule, EventBusName),
  run(lends, { Rule, EventBusName, Ids = [] }, call) {
    const rule = ruleOf(lends, call, Rule, EventBusName)
    const missing = Ids.filter(id => !lends.rules.removeTarget(rule, id))
    return {
      FailedEntryCount: missing.length,
      FailedEntries: missing.map(TargetId => ({
        TargetId,
        ErrorCode: 'ResourceNotFoundException',
        ErrorMessage: `Target ${TargetId} does not exist.`,
      })),
    }
  },
}
