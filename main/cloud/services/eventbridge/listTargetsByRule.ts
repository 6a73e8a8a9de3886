import type { ListTargetsByRuleRequest, ListTargetsByRuleResponse } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { type EventBridge, paged, ruleOf, ruleResource } from './lends.ts'

export const listTargetsByRule: Operation<EventBridge, ListTargetsByRuleRequest, ListTargetsByRuleResponse> = {
  resources: ({ Rule, EventBusName }, call) => ruleResource(call, Rule, EventBusName),
  run(lends, input, call) {
    const targets = lends.rules.targets(ruleOf(lends, call, input.Rule, input.EventBusName))
    const read = (after: string, limit: number) => targets.filter(({ Id }) => Id > after).slice(0, limit)
    const { page, token } = paged(lends, input, read, ({ Id }) => Id)
    return { Targets: page, ...token }
  },
}
