import type { CreateLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { checkGroupName, checkStreamName, findGroup, groupResource } from './refusals.ts'

export const createLogStream: Operation<Logs, CreateLogStreamRequest, object> = {
  resources: (input, call) => groupResource(call, input.logGroupName),
  run({ store }, input, call) {
    const group = findGroup(store, call, checkGroupName(input.logGroupName))
    const name = checkStreamName(input.logStreamName)
    if (store.stream(group, name))
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
    store.createStream(group, name, call.at)
    return {}
  },
}
