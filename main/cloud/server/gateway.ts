import type { Clock } from '../../base/clock.ts'
import type { Identities } from '../services/iam/identities.ts'
import { type Authenticate, type Authenticated, createAuthenticate } from './auth/authenticate.ts'
import { parseAuthorization } from './auth/authorization.ts'
import { sha256Hex } from './auth/sigV4.ts'
import { AwsError } from './awsError.ts'
import { decompress, readBody } from './body.ts'
import type { Binding } from './catalogue.ts'
import { type Dispatch, type Services, unknownOperation } from './dispatch.ts'
import type { Handle, HttpRequest, HttpResponse, Mount } from './http.ts'
import { missingMembers } from './model/missingMembers.ts'
import { type ServiceModel, serviceModel } from './model/serviceModel.ts'
import type { Call, Caller } from './operation.ts'
import type { Protocol } from './protocols/protocol.ts'
import type { RestProtocol } from './protocols/rest.ts'
import { recognise, signedFor } from './recognise.ts'
import type { NewRequestId } from './requestId.ts'

export interface GatewayOptions {
  services: Services
  dispatch: Dispatch
  identities: Pick<Identities, 'credential'>
  regions: readonly [string, ...string[]]
  /** Asked first, in this order. */
  mounts: readonly Mount[]
  rest: readonly RestProtocol[]
  clock: Clock
  newRequestId: NewRequestId
  /** Told of what no client caused. The client sees InternalFailure and the request id. */
  onFault(error: unknown, requestId: string): void
}

/** The cloud's front door: bytes to operation and back, whoever asks and in whatever protocol. */
export function createGateway(options: GatewayOptions): Handle {
  const authenticate = createAuthenticate(options.identities, options.clock)
  return async request => {
    const requestId = options.newRequestId()
    try {
      for (const mount of options.mounts) {
        const answer = mount(request)
        if (answer) return await answer
      }
    } catch (error) {
      return plainFault(toAwsError(error, request, requestId, options), requestId)
    }
    return answerAws(request, requestId, authenticate, options)
  }
}

async function answerAws(request: HttpRequest, requestId: string, authenticate: Authenticate, options: GatewayOptions) {
  let body: Buffer | undefined
  const read = async () => {
    body ??= await readBody(request)
    return body
  }
  let protocol: Protocol | undefined
  let model: ServiceModel | undefined
  try {
    const asked = await recognise(request, async () => decompress(request, await read()))
    if (asked.kind === 'rest') return await answerRest(request, requestId, authenticate, options)
    if (asked.kind === 'unknown') {
      protocol = asked.protocol
      throw unknownOperation()
    }
    protocol = asked.protocol
    const raw = await read()
    const { caller, scope } = authenticate(request, {
      dialect: protocol.dialect,
      service: asked.binding.signingName,
      regions: options.regions,
      bodyHash: () => sha256Hex(raw),
    })
    model = await modelOf(asked.binding)
    const operation = model.operation(asked.operation)
    if (!operation || !options.services.find(asked.binding.service, asked.operation)) throw unknownOperation()
    const input = protocol.decode(operation, request, await decompress(request, raw))
    if (asked.binding.missingMember) missingMembers(operation.input, input, asked.binding.missingMember)
    const region = asked.binding.global ? options.regions[0] : scope.region
    const call = callOf(request, requestId, caller, region, options)
    const output = await options.dispatch(asked.binding.service, asked.operation, input, call)
    return protocol.encode(operation, output, requestId)
  } catch (error) {
    const failure = toAwsError(error, request, requestId, options)
    return protocol
      ? protocol.encodeError(failure, model?.error(failure.name), requestId)
      : plainFault(failure, requestId)
  }
}

async function answerRest(
  request: HttpRequest,
  requestId: string,
  authenticate: Authenticate,
  options: GatewayOptions,
): Promise<HttpResponse> {
  const signingName = signedFor(request)
  const rest = options.rest.find(one => signingName === undefined || one.service === signingName) ?? options.rest[0]
  if (!rest) return plainFault(unknownOperation(), requestId)
  try {
    let authenticated: Authenticated | undefined
    if (!rest.anonymous || parseAuthorization(request).kind !== 'unsigned') {
      const { dialect, service } = rest
      authenticated = authenticate(request, { dialect, service, regions: options.regions })
    }
    const exchange = await rest.ask(request)
    if (!exchange)
      throw new AwsError(
        'NotImplemented',
        'A header or query you provided requests a function that is not implemented.',
        { status: 501 },
      )
    const input = await exchange.decode(authenticated?.seed)
    const call = callOf(
      request,
      requestId,
      authenticated?.caller ?? nobody,
      authenticated?.scope.region ?? options.regions[0],
      options,
    )
    return exchange.encode(await options.dispatch(rest.service, exchange.operation, input, call), requestId)
  } catch (error) {
    return rest.encodeError(toAwsError(error, request, requestId, options), request, requestId)
  }
}

const nobody: Caller = { kind: 'anonymous', account: '', arn: '*', userId: '', principalArn: '*' }

function callOf(
  request: HttpRequest,
  requestId: string,
  caller: Caller,
  region: string,
  options: GatewayOptions,
): Call {
  return {
    account: caller.account,
    region,
    caller,
    requestId,
    at: options.clock.now(),
    sourceIp: request.sourceIp,
    userAgent: request.headers['user-agent'] ?? '',
    signal: request.signal,
  }
}

const models = new WeakMap<Binding, Promise<ServiceModel>>()

function modelOf(binding: Binding): Promise<ServiceModel> {
  const known = models.get(binding)
  if (known) return known
  const loading = binding.client().then(serviceModel)
  models.set(binding, loading)
  return loading
}

function toAwsError(error: unknown, request: HttpRequest, requestId: string, options: GatewayOptions): AwsError {
  if (error instanceof AwsError) return error
  // The client went away in the middle of its body: nobody's fault here, and nobody to read the answer.
  if (error === request.body.errored) return new AwsError('RequestTimeout', 'The request body ended early.')
  options.onFault(error, requestId)
  return new AwsError(
    'InternalFailure',
    'The request processing has failed because of an unknown error, exception or failure.',
    { status: 500 },
  )
}

/** For requests that speak no protocol we know. */
function plainFault(error: AwsError, requestId: string): HttpResponse {
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': error.name },
    body: JSON.stringify({ message: error.message }),
  }
}
