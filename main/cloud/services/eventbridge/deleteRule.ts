import type { DeleteRuleRequest } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { busOf, type EventBridge, ruleResource, validation } from './lends.ts'

/** Deletes a rule without targets. One that is not there is no mistake. */
export const deleteRule: Operation<EventBridge, DeleteRuleRequest, object> = {
  resources: ({ Name, EventBusName }, call) => ruleResource(call, Name, EventBusName),
  run(lends, { Name = '', EventBusName }, call) {
    const rule = lends.rules.find(busOf(lends, call, EventBusName), Name)
    if (!rule) return {}
    if (lends.rules.targets(rule).length > 0) throw validation("Rule can't be deleted since it has targets.")
    lends.rules.remove(rule)
    return {}
  },
}
