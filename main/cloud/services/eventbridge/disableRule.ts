import type { DisableRuleRequest } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { type EventBridge, ruleOf, ruleResource } from './lends.ts'

export const disableRule: Operation<EventBridge, DisableRuleRequest, object> = {
  resources: ({ Name, EventBusName }, call) => ruleResource(call, Name, EventBusName),
  run(lends, { Name, EventBusName }, call) {
    lends.rules.enable(ruleOf(lends, call, Name, EventBusName), false, call.at)
    return {}
  },
}
