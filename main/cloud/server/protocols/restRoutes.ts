import type { PutObject$ } from '@aws-sdk/client-s3'
import { NormalizedSchema } from '@smithy/core/schema'
import type { WireRequest } from '../wire.ts'

/** The SDK's own model of an operation. */
export type OperationSchema = typeof PutObject$

/** What the path (and for S3 the host) names. */
export type Labels = Readonly<Record<string, string | undefined>>

/** One operation and what a request must bring to be it. */
export interface Route {
  operation: string
  method: string
  status: number
  labels: ReadonlySet<string>
  /** Query parameters that must be there; with a value they must have it. */
  query: readonly (readonly [name: string, value: string])[]
  /** Parameters and headers without which the request means another operation (uploadId, x-amz-copy-source). */
  requiredQuery: readonly string[]
  requiredHeaders: readonly string[]
  input: NormalizedSchema
  output: NormalizedSchema
}

/** Any operation schema among a client's exports. */
export function operationSchemas(client: Readonly<Record<string, unknown>>): OperationSchema[] {
  return Object.values(client).filter((value): value is OperationSchema => Array.isArray(value) && value[0] === 9)
}

/** The route of an operation, from its `http` trait and the members its input requires. */
export function routeOf(schema: OperationSchema): Route {
  const [, , operation, traits, input, output] = schema
  const http = typeof traits === 'object' ? traits.http : undefined
  if (http === undefined) throw new TypeError(`${operation} has no http binding`)
  const [method, template, status] = http
  const inputSchema = NormalizedSchema.of(input)
  const required = requiredMembers(inputSchema)
  const traitOf = (name: string, trait: 'httpQuery' | 'httpHeader') =>
    required.has(name) ? inputSchema.getMemberSchema(name).getMergedTraits()[trait] : undefined
  const names = [...required]
  return {
    operation,
    method,
    status,
    labels: new Set(names.filter(name => inputSchema.getMemberSchema(name).getMergedTraits().httpLabel === 1)),
    query: [...new URLSearchParams(template.split('?')[1] ?? '')].filter(([name]) => name !== 'x-id'),
    requiredQuery: names.flatMap(name => traitOf(name, 'httpQuery') ?? []),
    requiredHeaders: names.flatMap(name => traitOf(name, 'httpHeader')?.toLowerCase() ?? []),
    input: inputSchema,
    output: NormalizedSchema.of(output),
  }
}

/** The SDK's structures list their required members first and end with how many there are. */
function requiredMembers(schema: NormalizedSchema): ReadonlySet<string> {
  const raw = schema.getSchema()
  if (!Array.isArray(raw) || raw[0] !== 3) return new Set()
  const names: unknown = raw[4]
  const count: unknown = raw[6] ?? 0
  return new Set(Array.isArray(names) && typeof count === 'number' ? names.slice(0, count).map(String) : [])
}

/** The most particular of the operations that the request can mean. */
export function matchRoute(
  routes: readonly Route[],
  request: Pick<WireRequest, 'method' | 'query' | 'headers'>,
  labels: Labels,
): Route | undefined {
  const given = Object.keys(labels).filter(name => labels[name] !== undefined)
  const fits = (route: Route) =>
    route.method === request.method &&
    route.labels.size === given.length &&
    given.every(name => route.labels.has(name)) &&
    route.query.every(([name, value]) =>
      value === '' ? request.query.has(name) : request.query.get(name) === value,
    ) &&
    route.requiredQuery.every(name => request.query.has(name)) &&
    route.requiredHeaders.every(name => request.headers[name] !== undefined)
  const weight = (route: Route) => route.query.length * 4 + route.requiredQuery.length * 2 + route.requiredHeaders.length
  return routes.filter(fits).reduce<Route | undefined>((best, route) => {
    if (!best || weight(route) > weight(best)) return route
    // `GET /?x-id=ListBuckets` and `GET /?x-id=ListDirectoryBuckets` differ in the SDK's own marker only.
    return weight(route) === weight(best) && request.query.get('x-id') === route.operation ? route : best
  }, undefined)
}
