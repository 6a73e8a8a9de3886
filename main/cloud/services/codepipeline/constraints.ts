import { z } from 'zod'
import { AwsError } from '../../server/awsError.ts'

/**
 * The API's constraints (fact sheet, section 2.2) in AWS's words. A check is written once, as a zod schema whose
 * messages are the ends of AWS's sentences.
 */

const missing = {
  error: (issue: { input: unknown }) =>
    issue.input === undefined ? 'Member must not be null' : 'Member is of the wrong type',
}
const atLeast = (min: number) => `Member must have length greater than or equal to ${min}`
const patternOf = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`
const atMost = (max: number) => `Member must have length less than or equal to ${max}`

/** Text of `min` to `max` characters, wholly of the form `pattern` where there is one. */
export function text(min: number, max: number, pattern?: string) {
  const plain = z.string(missing)
  const shaped = pattern === undefined ? plain : plain.regex(new RegExp(`^(?:${pattern})$`), patternOf(pattern))
  return shaped.min(min, atLeast(min)).max(max, atMost(max))
}

/** A whole number of `min` to `max`. */
export const whole = (min: number, max: number) =>
  z
    .int(missing)
    .min(min, `Member must have value greater than or equal to ${min}`)
    .max(max, `Member must have value less than or equal to ${max}`)

/** One of the model's enumerated values. */
export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, {
    error: issue =>
      issue.input === undefined
        ? 'Member must not be null'
        : `Member must satisfy enum value set: [${values.join(', ')}]`,
  })

export const list = <T extends z.ZodType>(element: T, min = 0, max = Number.MAX_SAFE_INTEGER) =>
  z.array(element, missing).min(min, atLeast(min)).max(max, atMost(max))

/** What the keys or the values of a map must be. */
type TextOf = readonly [min: number, max: number, pattern?: string]

/** A map is told of as a whole: all that its keys must satisfy, whichever of it they do not. */
const mapSentence = (what: 'keys' | 'value', [min, max, pattern]: TextOf) => {
  const length = max === Number.MAX_SAFE_INTEGER ? [] : [atMost(max), atLeast(min)]
  const all = [...length, ...(pattern === undefined ? [] : [patternOf(pattern)])]
  return `Map ${what} must satisfy constraint: [${all.join(', ')}]`
}
const satisfies = (texts: readonly string[], [min, max, pattern]: TextOf) =>
  texts.every(
    one =>
      one.length >= min && one.length <= max && (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(one)),
  )

/** A map of text to text, of at most so many entries. */
export const map = (key: TextOf, value: TextOf, most = Number.MAX_SAFE_INTEGER) =>
  z.record(z.string(), z.string(missing)).superRefine((entries, context) => {
    if (Object.keys(entries).length > most) context.addIssue(atMost(most))
    if (!satisfies(Object.keys(entries), key)) context.addIssue(mapSentence('keys', key))
    if (!satisfies(Object.values(entries), value)) context.addIssue(mapSentence('value', value))
  })

/** What stands between a map's key and what is wrong with its value. */
const valueOfKey = Symbol('member')

/** A map of text to structures. */
export const mapOf = <T extends z.ZodType>(key: TextOf, element: T) =>
  z.record(z.string(), z.unknown()).transform((entries, context) => {
    if (!satisfies(Object.keys(entries), key)) context.addIssue(mapSentence('keys', key))
    const read: Record<string, z.output<T>> = {}
    for (const [name, value] of Object.entries(entries)) {
      const result = element.safeParse(value)
      if (result.success) read[name] = result.data
      else
        for (const { path, message } of result.error.issues)
          context.addIssue({ code: 'custom', message, path: [name, valueOfKey, ...path] })
    }
    return read
  })

export const structure = <T extends z.ZodRawShape>(shape: T) => z.object(shape, missing)
export const truth = () => z.boolean(missing)
export const moment = () => z.date(missing)

const entityPattern = '[A-Za-z0-9.@\\-_]+'
const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Names of pipelines, stages, actions, rules and webhooks. */
export const entityName = () => text(1, 100, entityPattern)
/** Ids of executions, and tokens of approvals. */
export const uuid = () =>
  z
    .string(missing)
    .regex(new RegExp(`^${uuidPattern}$`), `Member must satisfy regular expression pattern: ${uuidPattern}`)
export const resourceArn = () => text(1, 4096, 'arn:aws(-[\\w]+)*:codepipeline:.+:[0-9]{12}:.+')
export const nextToken = () => text(1, 2048).optional()
export const pageSize = (max = 100) => whole(1, max).optional()

/** Reads a value inside of the input by the path of an issue. */
const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path
    .filter(key => key !== valueOfKey)
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
      input,
    )

const shown = (value: unknown) =>
  value === undefined || value === null ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`

/** `pipeline.stages.1.member.name`, `pipeline.artifactStores.us-east-1.member.type`: lists count from one. */
const pathOf = (path: readonly PropertyKey[]) =>
  path
    .map(key => (typeof key === 'number' ? `${key + 1}.member` : key === valueOfKey ? 'member' : String(key)))
    .join('.')

/** The input as its schema knows it, or ValidationException with every violation in the order of the members. */
export function checked<T extends z.ZodType>(schema: T, input: object): z.output<T> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const violations = result.error.issues.map(
    ({ path, message }) =>
      `Value ${shown(valueAt(input, path))} at '${pathOf(path)}' failed to satisfy constraint: ${message}`,
  )
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: `
  throw new AwsError('ValidationException', count + violations.join('; '))
}
