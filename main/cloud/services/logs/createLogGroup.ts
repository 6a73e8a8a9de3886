import type { CreateLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { checkGroupName, groupResource } from './refusals.ts'

export const createLogGroup: Operation<Logs, CreateLogGroupRequest, object> = {
  resources: (input, call) => groupResource(call, input.logGroupName),
  run({ store }, input, call) {
    const name = checkGroupName(input.logGroupName)
    if (store.group(call.account, call.region, name))
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')
    store.createGroup(call.account, call.region, name, call.at, input.tags ?? {})
    return {}
  },
}
