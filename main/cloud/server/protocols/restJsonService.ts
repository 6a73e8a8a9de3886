import { AwsError } from '../awsError.ts'
import type { HttpRequest } from '../http.ts'
import { missingMembers } from '../model/missingMembers.ts'
import { type ServiceModel, serviceModel } from '../model/serviceModel.ts'
import { type PathTemplate, pathTemplate } from './pathTemplate.ts'
import type { Document } from './protocol.ts'
import type { Authentication, RestExchange, RestProtocol } from './rest.ts'
import { decodeRestJson, encodeRestJson, encodeRestJsonError } from './restJson.ts'
import { type Labels, type Route, routeOf } from './restRoutes.ts'

export interface RestJsonSettings {
  /** The service's name in IAM and ARNs, as its {@link Service} table has it. */
  service: string
  authentication: Authentication
  /** What the service calls an input without a member that its model requires; undefined where its operations say. */
  missingMember?: string
  /** Bytes that a body may have; 16 MiB where nothing is said. */
  longestDocument?: number
  /** The SDK client whose runtime schemas are the model; loaded with the first request that may be this service's. */
  client: () => Promise<Readonly<Record<string, unknown>>>
}

interface Address {
  route: Route
  template: PathTemplate
}

interface Loaded {
  model: ServiceModel
  addresses: readonly Address[]
}

/** A service that speaks restJson, on the wire. What it can is in its table; what it says is in its SDK client. */
export function createRestJsonService(settings: RestJsonSettings): RestProtocol {
  let loading: Promise<Loaded> | undefined
  const load = () => {
    loading ??= settings.client().then(addressesIn)
    return loading
  }
  const { service, authentication, longestDocument = 16 * 1024 * 1024 } = settings
  return {
    service,
    authentication,
    dialect: 'restJson',
    client: settings.client,
    longestDocument,
    claims: async request => find((await load()).addresses, request) !== undefined,
    async ask(request, document) {
      const found = find((await load()).addresses, request)
      if (!found) throw unknownPath()
      return exchange(found.route, request, found.labels, document ?? new Uint8Array(), settings.missingMember)
    },
    async encodeError(error, _request, requestId) {
      return encodeRestJsonError(error, (await load()).model.error(error.name), requestId)
    },
  }
}

function exchange(
  route: Route,
  request: HttpRequest,
  labels: Labels,
  body: Document,
  missingMember: string | undefined,
): RestExchange {
  return {
    operation: route.operation.name,
    async decode() {
      const input = decodeRestJson(route, request, labels, body)
      if (missingMember) missingMembers(route.operation.input, input, missingMember)
      return input
    },
    encode(output, requestId) {
      const { status, headers, body: encoded } = encodeRestJson(route, { ...output })
      return {
        status,
        headers: { ...headers, 'x-amzn-requestid': requestId },
        ...(encoded !== undefined && { body: encoded }),
      }
    },
  }
}

function addressesIn(client: Readonly<Record<string, unknown>>): Loaded {
  const model = serviceModel({ ...client })
  const addresses = Object.keys(client).flatMap(name => {
    const operation = name.endsWith('$') ? model.operation(name.slice(0, -1)) : undefined
    return operation?.http ? [{ route: routeOf(operation), template: pathTemplate(operation.http.uri) }] : []
  })
  return { model, addresses }
}

/** The most particular of the operations that method, path and fixed query fit. */
function find(addresses: readonly Address[], request: HttpRequest): { route: Route; labels: Labels } | undefined {
  const query = new URLSearchParams(request.query)
  const fitting = addresses.flatMap(({ route, template }) => {
    if (route.method !== request.method) return []
    if (!route.query.every(([name, value]) => (value === '' ? query.has(name) : query.get(name) === value))) return []
    const labels = template.match(request.path)
    return labels ? [{ route, labels, weight: template.literals + route.query.length }] : []
  })
  return fitting.reduce<(typeof fitting)[number] | undefined>(
    (best, one) => (!best || one.weight > best.weight ? one : best),
    undefined,
  )
}

const unknownPath = () =>
  new AwsError('UnknownOperationException', 'The requested operation is not recognized by the service.', {
    status: 404,
  })
