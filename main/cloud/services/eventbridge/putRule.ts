import type { PutRuleRequest, PutRuleResponse } from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { busOf, type EventBridge, patternIn, ruleResource, validation } from './lends.ts'
import { ruleArn } from './model.ts'

/** Makes or replaces a rule. Schedules are not offered. */
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
    if (input.ScheduleExpression !== undefined)
      throw new AwsError(
        'OperationDisabledException',
        'Rules that run on a schedule are not offered by the local cloud.',
      )
    if (pattern === undefined) throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.')
    patternIn(pattern)
    lends.rules.put({ ...bus, name, pattern, description, roleArn, enabled: State !== 'DISABLED' })
    return { RuleArn: ruleArn({ ...bus, name }) }
  },
}
