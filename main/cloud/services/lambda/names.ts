import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'

export interface FunctionName {
  account: string
  region: string
  name: string
}

/** The only version there is. */
export const latest = '$LATEST'

export const functionArn = ({ account, region, name }: FunctionName) =>
  `arn:aws:lambda:${region}:${account}:function:${name}`

const forms = [
  /^arn:aws:lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):function:(?<name>[\w-]{1,140})(?::(?<version>[\w$-]+))?$/,
  /^(?:(?<account>\d{12}):)?function:(?<name>[\w-]{1,140})(?::(?<version>[\w$-]+))?$/,
  /^(?<account>\d{12}):(?<name>[\w-]{1,140})(?::(?<version>[\w$-]+))?$/,
  /^(?<name>[\w-]{1,140})(?::(?<version>[\w$-]+))?$/,
]

/** A function by its name, ARN or partial ARN, with its version or alias where one is named. Undefined for no such. */
export function parseFunctionName(
  text: string,
  at: Pick<Call, 'account' | 'region'>,
): (FunctionName & { version: string | undefined }) | undefined {
  for (const form of forms) {
    const { region = at.region, account = at.account, name, version } = form.exec(text)?.groups ?? {}
    if (name !== undefined) return { region, account, name, version }
  }
  return undefined
}

/** A name that a call gives; refuses what cannot be one. */
export function readFunctionName(text: string | undefined, call: Call) {
  const found = parseFunctionName(text ?? '', call)
  if (found) return found
  const pattern =
    '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?'
  throw validation(
    `1 validation error detected: Value '${text ?? ''}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  )
}

export const validation = (message: string) => new AwsError('ValidationException', message)
export const invalidParameter = (message: string) =>
  new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } })
export const notOffered = (what: string) => invalidParameter(`${what} is not offered by the local cloud.`)
export const notFound = (message: string) =>
  new AwsError('ResourceNotFoundException', message, { status: 404, members: { Type: 'User' } })
export const functionNotFound = (name: FunctionName, version?: string) =>
  notFound(`Function not found: ${functionArn(name)}${version === undefined ? '' : `:${version}`}`)
