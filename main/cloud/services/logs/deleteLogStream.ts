import type { DeleteLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { checkGroupName, checkStreamName, findGroup, findStream, streamResource } from './refusals.ts'

export const deleteLogStream: Operation<Logs, DeleteLogStreamRequest, object> = {
  resources: (input, call) => streamResource(call, input.logGroupName, input.logStreamName),
  run({ store }, input, call) {
    const group = findGroup(store, call, checkGroupName(input.logGroupName))
    store.deleteStream(findStream(store, group, checkStreamName(input.logStreamName)))
    return {}
  },
}
