import type { EnableRuleRequest } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { type EventBridge, ruleOf, ruleResource } from './lends.ts'

export const enableRule: Operation<EventBridge, EnableRuleRequest, object> = {
  resources: ({ Name, EventBusName }, call) => ruleResource(call, Name, EventBusName),
  run(lends, { Name, EventBusName }, call) {
    lends.rules.enable(ruleOf(lends, call, Name, EventBusName), true, call.at)
    return {}
  },
}
