import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import type { LogGroupRow, LogStore, LogStreamRow } from './logStore.ts'

export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message)

const groupPattern = /^[.\-_/#A-Za-z0-9]+$/
const longestName = 512

function violated(value: string, member: string, constraint: string) {
  return invalidParameter(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  )
}

/** A log group's name from `logGroupName`, or from `logGroupIdentifier`, which may be an ARN. */
export function groupNameOf(input: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined }) {
  const { logGroupName, logGroupIdentifier } = input
  if (logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw invalidParameter('LogGroupName and LogGroupIdentifier cannot both be specified.')
  const arn = /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)(:\*)?$/.exec(logGroupIdentifier ?? '')
  const name = logGroupName ?? arn?.[1] ?? logGroupIdentifier
  return checkGroupName(name)
}

export function checkGroupName(name: string | undefined): string {
  if (name === undefined) throw violated('null', 'logGroupName', 'not be null')
  if (name.length === 0) throw violated(name, 'logGroupName', 'have length greater than or equal to 1')
  if (name.length > longestName)
    throw violated(name, 'logGroupName', `have length less than or equal to ${longestName}`)
  if (!groupPattern.test(name))
    throw violated(name, 'logGroupName', 'satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+')
  return name
}

export function checkStreamName(name: string | undefined): string {
  if (name === undefined) throw violated('null', 'logStreamName', 'not be null')
  if (name.length === 0) throw violated(name, 'logStreamName', 'have length greater than or equal to 1')
  if (name.length > longestName)
    throw violated(name, 'logStreamName', `have length less than or equal to ${longestName}`)
  if (/[:*]/.test(name)) throw violated(name, 'logStreamName', 'satisfy regular expression pattern: [^:*]*')
  return name
}

/** A whole number within its bounds, or its default. */
export function checkLimit(limit: number | undefined, most: number): number {
  if (limit === undefined) return most
  if (limit < 1) throw violated(String(limit), 'limit', 'have value greater than or equal to 1')
  if (limit > most) throw violated(String(limit), 'limit', `have value less than or equal to ${most}`)
  return limit
}

export function findGroup(store: LogStore, call: Call, name: string): LogGroupRow {
  const group = store.group(call.account, call.region, name)
  if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
  return group
}

export function findStream(store: LogStore, group: LogGroupRow, name: string): LogStreamRow {
  const stream = store.stream(group, name)
  if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')
  return stream
}

/** A group's ARN without the trailing `:*`, as `logGroupArn` has it. */
export const groupArn = (call: { account: string; region: string }, name: string) =>
  `arn:aws:logs:${call.region}:${call.account}:log-group:${name}`

/** What a caller needs an action on a group for. */
export const groupResource = (call: Call, name: string | undefined) => [`${groupArn(call, name ?? '')}:*`]

/** What a caller needs an action on one stream for. */
export const streamResource = (call: Call, group: string | undefined, stream: string | undefined) => [
  `${groupArn(call, group ?? '')}:log-stream:${stream ?? ''}`,
]

/** A page token over names: opaque to clients. */
export const pageToken = {
  write: (last: string) => Buffer.from(last).toString('base64url'),
  read: (token: string | undefined) => (token === undefined ? '' : Buffer.from(token, 'base64url').toString()),
}
