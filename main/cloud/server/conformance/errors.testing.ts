import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '../model/shape.ts'
import { documentViolations, json } from './document.testing.ts'
import { elementsIn, readXml, textIn } from './xml.testing.ts'

export type ClientExports = Readonly<Record<string, unknown>>

/** What a service is known to answer although its own model does not name it. */
const unmodelled = [
  // SQS, for a number that is out of bounds; its older model left it to the sentence.
  'InvalidParameterValue',
  // SSO's portal, for an account or a role that the person was not given.
  'ForbiddenException',
] as const

/** What a service may answer that its model does not name: AWS's common errors, by their names in JSON. */
const common = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InternalFailure',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'RequestEntityTooLargeException',
  'RequestTimeout',
  'SerializationException',
  'ServiceUnavailableException',
  'ThrottlingException',
  'TooManyRequestsException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationException',
  ...unmodelled,
])
/** The same in the query protocol. */
const commonCodes = new Set([
  'AccessDenied',
  'ExpiredToken',
  'IncompleteSignature',
  'InternalFailure',
  'InvalidAction',
  'InvalidClientTokenId',
  'MalformedInput',
  'MissingAuthenticationToken',
  'RequestEntityTooLarge',
  'RequestTimeout',
  'ServiceUnavailable',
  'SignatureDoesNotMatch',
  'Throttling',
  'ValidationError',
  ...unmodelled,
])

/** Where an error of a JSON or CBOR protocol departs from the service's model. */
export function errorViolations(
  client: ClientExports,
  name: string,
  status: number,
  members: Readonly<Record<string, unknown>>,
): string[] {
  const model = errorSchema(client, name)
  if (!model) return common.has(name) ? [] : [`the error ${name} is unknown`]
  const expected = statusOf(model)
  // The sentence goes by either name, whichever the model has; errors without it in their model carry it too.
  const { message: _m, Message: _M, ...others } = members
  return [
    ...(status === expected ? [] : [`${name} has the status ${status}, not ${expected}`]),
    ...documentViolations(NormalizedSchema.of(model), others, json, name).filter(
      one => !/\.[mM]essage is missing$/.test(one),
    ),
  ]
}

/** Where an error of the query protocol does. */
export function queryErrorViolations(client: ClientExports, status: number, text: string): string[] {
  const { root, node } = readXml(text)
  const error = elementsIn(node).get('Error')?.[0]
  if (root !== 'ErrorResponse' || error === undefined) return [`an error begins with ${root}`]
  const code = textIn(elementsIn(error).get('Code')?.[0] ?? '')
  const model = Object.keys(client)
    .filter(name => name.endsWith('$'))
    .map(name => errorSchema(client, name.slice(0, -1)))
    .find(one => one && codeOf(one) === code)
  if (!model) return commonCodes.has(code) ? [] : [`the error ${code} is unknown`]
  const expected = statusOf(model)
  return status === expected ? [] : [`${code} has the status ${status}, not ${expected}`]
}

type ErrorSchema = SchemaRef & readonly unknown[]

function errorSchema(client: ClientExports, name: string): ErrorSchema | undefined {
  const found = Object.hasOwn(client, `${name}$`) ? client[`${name}$`] : undefined
  return Array.isArray(found) && found[0] === -3 ? (found as unknown as ErrorSchema) : undefined
}

const traitsOf = (schema: ErrorSchema) => NormalizedSchema.of(schema).getMergedTraits()

function statusOf(schema: ErrorSchema): number {
  const { awsQueryError, httpError, error } = traitsOf(schema) as Record<string, unknown>
  const query: unknown = Array.isArray(awsQueryError) ? awsQueryError[1] : undefined
  return Number(httpError ?? query ?? (error === 'server' ? 500 : 400))
}

function codeOf(schema: ErrorSchema): string {
  const { awsQueryError } = traitsOf(schema) as Record<string, unknown>
  return Array.isArray(awsQueryError) ? String(awsQueryError[0]) : String(schema[2])
}
