import type { DescribeRuleRequest, DescribeRuleResponse } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { type EventBridge, ruleOf, ruleResource } from './lends.ts'
import { type Rule, ruleArn } from './model.ts'

export const describeRule: Operation<EventBridge, DescribeRuleRequest, DescribeRuleResponse> = {
  resources: ({ Name, EventBusName }, call) => ruleResource(call, Name, EventBusName),
  run(lends, { Name, EventBusName }, call) {
    return { ...toRule(ruleOf(lends, call, Name, EventBusName)), CreatedBy: call.account }
  },
}

/** A rule as lists and DescribeRule give it. */
export const toRule = (rule: Rule) => ({
  Name: rule.name,
  Arn: ruleArn(rule),
  State: rule.enabled ? ('ENABLED' as const) : ('DISABLED' as const),
  EventBusName: rule.bus,
  ...(rule.pattern !== undefined && { EventPattern: rule.pattern }),
  ...(rule.schedule !== undefined && { ScheduleExpression: rule.schedule }),
  ...(rule.description !== undefined && { Description: rule.description }),
  ...(rule.roleArn !== undefined && { RoleArn: rule.roleArn }),
})
