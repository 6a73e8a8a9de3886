import type { HttpRequest } from '../http.ts'
import type { OperationModel } from '../model/serviceModel.ts'
import type { Member } from '../model/shape.ts'

/** What the path (and for S3 the host) names. */
export type Labels = Readonly<Record<string, string | undefined>>

/** One operation and what a request must bring to be it. */
export interface Route {
  operation: OperationModel
  method: string
  status: number
  labels: ReadonlySet<string>
  /** Query parameters that must be there; with a value they must have it. */
  query: readonly (readonly [name: string, value: string])[]
  /** Parameters and headers without which the request means another operation (uploadId, x-amz-copy-source). */
  requiredQuery: readonly string[]
  requiredHeaders: readonly string[]
}

/** The route of an operation, from its `http` trait and the members its input requires. */
export function routeOf(operation: OperationModel): Route {
  const { http, input } = operation
  if (http === undefined) throw new TypeError(`${operation.name} has no http binding`)
  const required = input.kind === 'structure' ? input.members.filter(member => member.required) : []
  const names = (of: (member: Member) => string | undefined) => required.flatMap(member => of(member) ?? [])
  return {
    operation,
    method: http.method,
    status: http.status,
    labels: new Set(names(({ name, traits }) => (traits.httpLabel ? name : undefined))),
    query: [...new URLSearchParams(http.uri.split('?')[1] ?? '')].filter(([name]) => name !== 'x-id'),
    requiredQuery: names(({ traits }) => traits.httpQuery),
    requiredHeaders: names(({ traits }) => traits.httpHeader?.toLowerCase()),
  }
}

/** The most particular of the operations that the request can mean. */
export function matchRoute(
  routes: readonly Route[],
  request: Pick<HttpRequest, 'method' | 'query' | 'headers'>,
  labels: Labels,
): Route | undefined {
  const query = new URLSearchParams(request.query)
  const given = Object.keys(labels).filter(name => labels[name] !== undefined)
  const fits = (route: Route) =>
    route.method === request.method &&
    route.labels.size === given.length &&
    given.every(name => route.labels.has(name)) &&
    route.query.every(([name, value]) => (value === '' ? query.has(name) : query.get(name) === value)) &&
    route.requiredQuery.every(name => query.has(name)) &&
    route.requiredHeaders.every(name => request.headers[name] !== undefined)
  const weight = (route: Route) =>
    route.query.length * 4 + route.requiredQuery.length * 2 + route.requiredHeaders.length
  return routes.filter(fits).reduce<Route | undefined>((best, route) => {
    if (!best || weight(route) > weight(best)) return route
    // `GET /?x-id=ListBuckets` and `GET /?x-id=ListDirectoryBuckets` differ in the SDK's own marker only.
    return weight(route) === weight(best) && query.get('x-id') === route.operation.name ? route : best
  }, undefined)
}
