import type { DescribeLogStreamsRequest, DescribeLogStreamsResponse, LogStream } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import type { LogStreamRow } from './logStore.ts'
import { checkLimit, findGroup, groupArn, groupNameOf, groupResource, invalidParameter } from './refusals.ts'

const mostPerPage = 50

export const describeLogStreams: Operation<Logs, DescribeLogStreamsRequest, DescribeLogStreamsResponse> = {
  resources: (input, call) => groupResource(call, groupNameOf(input)),
  run({ store }, input, call) {
    const byTime = input.orderBy === 'LastEventTime'
    if (byTime && input.logStreamNamePrefix !== undefined)
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
    const limit = checkLimit(input.limit, mostPerPage)
    const group = findGroup(store, call, groupNameOf(input))
    const streams = store.streams(group, input.logStreamNamePrefix ?? '')
    if (byTime) streams.sort((a, b) => (a.lastAt ?? a.created) - (b.lastAt ?? b.created))
    if (input.descending) streams.reverse()
    const from = input.nextToken === undefined ? 0 : offsetOf(input.nextToken)
    return {
      logStreams: streams.slice(from, from + limit).map(row => toStream(row, groupArn(call, group.name))),
      ...(streams.length > from + limit ? { nextToken: String(from + limit) } : {}),
    }
  },
}

function offsetOf(token: string): number {
  if (!/^\d{1,9}$/.test(token)) throw invalidParameter('The specified nextToken is invalid.')
  return Number(token)
}

function toStream(row: LogStreamRow, group: string): LogStream {
  return {
    logStreamName: row.name,
    creationTime: row.created,
    ...(row.firstAt === null ? {} : { firstEventTimestamp: row.firstAt }),
    ...(row.lastAt === null ? {} : { lastEventTimestamp: row.lastAt }),
    ...(row.lastIngested === null ? {} : { lastIngestionTime: row.lastIngested }),
    arn: `${group}:log-stream:${row.name}`,
    // AWS gives 0 here since June 2019, and the group's size at the group.
    storedBytes: 0,
  }
}
