import type { DescribeLogGroupsRequest, DescribeLogGroupsResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { checkLimit, groupArn, invalidParameter, pageToken } from './refusals.ts'

const mostPerPage = 50

export const describeLogGroups: Operation<Logs, DescribeLogGroupsRequest, DescribeLogGroupsResponse> = {
  resources: (_, call) => [`arn:aws:logs:${call.region}:${call.account}:log-group:*`],
  run({ store }, input, call) {
    if (input.logGroupNamePrefix !== undefined && input.logGroupNamePattern !== undefined)
      throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.')
    const limit = checkLimit(input.limit, mostPerPage)
    const found = store.groups(call.account, call.region, {
      prefix: input.logGroupNamePrefix ?? '',
      contains: input.logGroupNamePattern ?? '',
      after: pageToken.read(input.nextToken),
      limit: limit + 1,
    })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      logGroups: page.map(group => ({
        logGroupName: group.name,
        creationTime: group.created,
        ...(group.retention === null ? {} : { retentionInDays: group.retention }),
        metricFilterCount: 0,
        arn: `${groupArn(call, group.name)}:*`,
        logGroupArn: groupArn(call, group.name),
        logGroupClass: 'STANDARD' as const,
        storedBytes: group.bytes,
      })),
      ...(found.length > limit && last ? { nextToken: pageToken.write(last.name) } : {}),
    }
  },
}
