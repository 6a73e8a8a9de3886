import { parseAuthorization } from './auth/authorization.ts'
import { type Binding, bindings } from './catalogue.ts'
import type { HttpRequest } from './http.ts'
import { createAwsJson } from './protocols/awsJson.ts'
import type { Protocol } from './protocols/protocol.ts'
import { createQuery, parseForm } from './protocols/query.ts'

/** What a request is, as far as its outside tells. */
export type Recognised =
  | { kind: 'operation'; binding: Binding; protocol: Protocol; operation: string }
  /** Speaks a protocol, but names no service or operation there is. */
  | { kind: 'unknown'; protocol: Protocol }
  | { kind: 'rest' }

const byTarget = new Map(bindings.flatMap(binding => (binding.target ? [[binding.target, binding]] : [])))
const byVersion = new Map(bindings.flatMap(binding => (binding.version ? [[binding.version, binding]] : [])))
const anyJson = createAwsJson({ version: '1.1' })
const anyQuery = createQuery('https://sts.amazonaws.com/doc/2011-06-15/')

/** Finds protocol, service and operation. `form` is the body of a query request, and called for nothing else. */
export async function recognise(request: HttpRequest, form: () => Promise<Uint8Array>): Promise<Recognised> {
  const target = request.headers['x-amz-target']
  if (target !== undefined) return byJsonTarget(target)
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return byRpcPath(request.path)
  if (isQuery(request)) return byAction(parseForm(request.query, await form()))
  if (request.headers['content-type']?.startsWith('application/x-amz-json'))
    return { kind: 'unknown', protocol: anyJson }
  return { kind: 'rest' }
}

/**
 * Clients differ in the packages that they put before the target (`com.amazonaws.cloudtrail.v20131101.CloudTrail_…`):
 * its last two parts say all.
 */
function byJsonTarget(target: string): Recognised {
  const [operation = '', prefix = ''] = target.split('.').reverse()
  const binding = byTarget.get(prefix)
  return binding
    ? { kind: 'operation', binding, protocol: binding.protocol, operation }
    : { kind: 'unknown', protocol: anyJson }
}

/** `/service/GraniteServiceVersion20100801/operation/PutMetricData` */
async function byRpcPath(path: string): Promise<Recognised> {
  const [, service = '', operation = ''] = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path) ?? []
  const binding = byTarget.get(service)
  const protocol = await binding?.cbor?.()
  return binding && protocol
    ? { kind: 'operation', binding, protocol, operation }
    : { kind: 'unknown', protocol: anyJson }
}

function byAction(parameters: URLSearchParams): Recognised {
  const binding = byVersion.get(parameters.get('Version') ?? '')
  const operation = parameters.get('Action')
  const protocol = binding?.query ?? binding?.protocol ?? anyQuery
  return binding && operation ? { kind: 'operation', binding, protocol, operation } : { kind: 'unknown', protocol }
}

function isQuery(request: HttpRequest): boolean {
  // Older SQS clients send to the queue's own URL.
  if (request.path !== '/' && !/^\/\d{12}\/[\w-]{1,80}(\.fifo)?$/.test(request.path)) return false
  if (request.method === 'POST')
    return (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  return request.path === '/' && request.method === 'GET' && /(^|&)Action=/.test(request.query)
}

/** The service a request was signed for, where it was signed. */
export function signedFor(request: HttpRequest): string | undefined {
  const parsed = parseAuthorization(request)
  return parsed.kind === 'signed' ? parsed.authorization.scope.service : undefined
}
