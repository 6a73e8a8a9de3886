import type { z } from 'zod'
import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import { projectArn } from './projectStore.ts'

export const invalidInput = (message: string) => new AwsError('InvalidInputException', message)

/** Checks input against a shape; what is wrong is said in the words that AWS's services use. */
export function checked<T extends z.ZodType>(shape: T, input: unknown): z.infer<T> {
  const result = shape.safeParse(input)
  if (result.success) return result.data
  const lines = result.error.issues.map(issue => violation(issue, input))
  const count = `${lines.length} validation error${lines.length === 1 ? '' : 's'} detected`
  throw invalidInput(`${count}: ${lines.join('; ')}`)
}

function violation(issue: z.core.$ZodIssue, input: unknown): string {
  const value = issue.path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    input,
  )
  const shown =
    value === undefined || value === null ? 'null' : typeof value === 'string' ? value : JSON.stringify(value)
  const failed = `Value ${shown === 'null' ? shown : `'${shown}'`} at '${issue.path.join('.')}' failed to satisfy constraint: Member must`
  switch (issue.code) {
    case 'invalid_type':
      return `${failed} ${value === undefined || value === null ? 'not be null' : `be of type ${issue.expected}`}`
    case 'too_small':
      return `${failed} have ${issue.origin === 'number' ? 'value' : 'length'} greater than or equal to ${issue.minimum}`
    case 'too_big':
      return `${failed} have ${issue.origin === 'number' ? 'value' : 'length'} less than or equal to ${issue.maximum}`
    case 'invalid_value':
      return `${failed} satisfy enum value set: [${issue.values.join(', ')}]`
    case 'invalid_format':
      return `${failed} satisfy regular expression pattern: ${issue.pattern ?? issue.format}`
    default:
      return `${failed} be valid: ${issue.message}`
  }
}

/** AWS's own sentence where a build names a project that is not there. */
export const noProject = (account: string, region: string, name: string) =>
  new AwsError('ResourceNotFoundException', `Project cannot be found: ${projectArn(account, region, name)}`)

/** What a caller needs an action on a project for. */
export const projectResource = (call: Call, name: string | undefined) => [
  name?.startsWith('arn:') ? name : projectArn(call.account, call.region, name ?? ''),
]

/** The project of a build id, for permissions: CodeBuild's builds have no ARN of their own in policies. */
export const projectsOfBuilds = (call: Call, ids: readonly string[] | undefined) =>
  [...new Set((ids ?? []).map(id => splitBuildId(id)?.project ?? ''))].map(name =>
    projectArn(call.account, call.region, name),
  )

/** Takes `project:uuid`, or the build's ARN. */
export function splitBuildId(id: string): { project: string; uuid: string } | undefined {
  const match = /^(?:arn:aws:codebuild:[^:]*:\d*:build\/)?([^:/]+):([^:/]+)$/.exec(id)
  return match?.[1] !== undefined && match[2] !== undefined ? { project: match[1], uuid: match[2] } : undefined
}

/** Most names or ids that a BatchGet operation takes (API reference). */
const mostAtOnce = 100

export function checkBatch(names: readonly string[] | undefined, member: string): readonly string[] {
  if (names === undefined)
    throw invalidInput(
      `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    )
  if (names.length === 0 || names.length > mostAtOnce)
    throw invalidInput(
      `1 validation error detected: Value '[${names.slice(0, 3).join(', ')}…]' at '${member}' failed to satisfy constraint: Member must have length ${names.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${mostAtOnce}`}`,
    )
  return names
}

/** Reads a page token that is a whole number; anything else is AWS's InvalidInputException. */
export function pageStart(token: string | undefined): number | undefined {
  if (token === undefined || token === '') return undefined
  if (!/^\d{1,15}$/.test(token)) throw invalidInput('Invalid nextToken')
  return Number(token)
}
