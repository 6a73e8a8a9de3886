import type { PutRuleRequest, PutRuleResponse } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { busOf, type EventBridge, patternIn, ruleResource, validation } from './lends.ts'
import { ruleArn } from './model.ts'
import { parseSchedule } from './schedule.ts'

/** Makes or replaces a rule: over events, on a schedule, or both. */
export const putRule: Operation<EventBridge, PutRuleRequest, PutRuleResponse> = {
  resources: ({ Name, EventBusName }, call) => ruleResource(call, Name, EventBusName),
  run(lends, input, call) {
    const {
      Name: name = '',
      EventPattern: pattern,
      Description: description,
      RoleArn: roleArn,
      State = 'ENABLED',
    } = input
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name))
      throw validation(
        `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
      )
    const bus = busOf(lends, call, input.EventBusName)
    const { ScheduleExpression: schedule } = input
    if (pattern === undefined && schedule === undefined)
      throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.')
    if (pattern !== undefined) patternIn(pattern)
    if (schedule !== undefined) {
      if (bus.bus !== 'default') throw validation('ScheduleExpression is supported only on the default event bus.')
      if (!parseSchedule(schedule)) throw validation('Parameter ScheduleExpression is not valid.')
    }
    const enabled = State !== 'DISABLED'
    lends.rules.put({ ...bus, name, pattern, description, roleArn, enabled, schedule, scheduledFrom: call.at })
    return { RuleArn: ruleArn({ ...bus, name }) }
  },
}
