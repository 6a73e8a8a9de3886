import { assertNever } from '../../base/assertNever.ts'
import type { Clock } from '../../base/clock.ts'
import type { Identities } from '../services/iam/identities.ts'
import { type Authenticate, type Authenticated, createAuthenticate } from './auth/authenticate.ts'
import { parseAuthorization } from './auth/authorization.ts'
import type { Dialect } from './auth/refusal.ts'
import { sha256Hex } from './auth/sigV4.ts'
import { AwsError } from './awsError.ts'
import { decompress, readBody } from './body.ts'
import type { Binding } from './catalogue.ts'
import { type Dispatch, type Services, unknownOperation } from './dispatch.ts'
import { ConnectionDropped, type Faults } from './faults/faults.ts'
import { type Handle, type HttpRequest, type HttpResponse, type Mount, noAnswer } from './http.ts'
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
  /** What befalls calls on their way, where that was asked for. */
  faults?: Faults
  identities: Pick<Identities, 'credential'>
  regions: readonly [string, ...string[]]
  /** Asked first, in this order. */
  mounts: readonly Mount[]
  rest: readonly RestProtocol[]
  clock: Clock
  newRequestId: NewRequestId
  /** Told of every answer to an operation, as it leaves: tests hold it against the service's model. */
  answered?(answer: Answer): void
  /** Told of what no client caused. The client sees InternalFailure and the request id. */
  onFault(error: unknown, requestId: string): void
}

/** What leaves, and what for. */
export interface Answer {
  operation: string
  /** The SDK client whose runtime schemas are the model. */
  client: () => Promise<Readonly<Record<string, unknown>>>
  /** What the operation came to; undefined where it was refused. */
  output?: object
  response: HttpResponse
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
  let answering: Pick<Answer, 'operation' | 'client'> | undefined
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
    answering = { operation: asked.operation, client: asked.binding.client }
    const input = protocol.decode(operation, request, await decompress(request, raw))
    if (asked.binding.missingMember) missingMembers(operation.input, input, asked.binding.missingMember)
    const region = asked.binding.global ? options.regions[0] : scope.region
    const call = callOf(request, requestId, caller, region, options)
    const named = { service: asked.binding.service, operation: asked.operation, dialect: protocol.dialect }
    const output = await perform(named, input, call, options)
    const response = protocol.encode(operation, output, requestId)
    options.answered?.({ ...answering, output, response })
    return response
  } catch (error) {
    if (error instanceof ConnectionDropped) return noAnswer
    const failure = toAwsError(error, request, requestId, options)
    if (!protocol) return plainFault(failure, requestId)
    const response = protocol.encodeError(failure, model?.error(failure.name), requestId)
    if (answering) options.answered?.({ ...answering, response })
    return response
  }
}

async function answerRest(
  request: HttpRequest,
  requestId: string,
  authenticate: Authenticate,
  options: GatewayOptions,
): Promise<HttpResponse | typeof noAnswer> {
  const rest = (await restOf(request, options.rest)) ?? options.rest[0]
  if (!rest) return plainFault(unknownOperation(), requestId)
  let answering: Pick<Answer, 'operation' | 'client'> | undefined
  try {
    const { longestDocument } = rest
    const raw = longestDocument === undefined ? undefined : await readBody(request, longestDocument)
    const authenticated = authenticateRest(request, rest, raw, authenticate, options)
    const exchange = await rest.ask(request, raw && (await decompress(request, raw)))
    if (!exchange)
      throw new AwsError(
        'NotImplemented',
        'A header or query you provided requests a function that is not implemented.',
        { status: 501 },
      )
    if (!options.services.find(rest.service, exchange.operation)) throw unknownOperation()
    answering = { operation: exchange.operation, client: rest.client }
    const input = await exchange.decode(authenticated.seed)
    const call = callOf(request, requestId, authenticated.caller, authenticated.region, options)
    const named = { service: rest.service, operation: exchange.operation, dialect: rest.dialect }
    const output = await perform(named, input, call, options)
    const response = exchange.encode(output, requestId)
    options.answered?.({ ...answering, output, response })
    return response
  } catch (error) {
    if (error instanceof ConnectionDropped) return noAnswer
    const response = await rest.encodeError(toAwsError(error, request, requestId, options), request, requestId)
    if (answering) options.answered?.({ ...answering, response })
    return response
  }
}

/** By the name that the request was signed for; an unsigned one is its path's, and where nobody knows that, S3's. */
async function restOf(request: HttpRequest, all: readonly RestProtocol[]): Promise<RestProtocol | undefined> {
  const signingName = signedFor(request)
  if (signingName !== undefined) {
    return all.find(({ authentication: by }) => by.kind === 'sigV4' && by.signingName === signingName)
  }
  for (const one of all) if (await one.claims(request)) return one
  return undefined
}

interface RestCaller {
  caller: Caller
  region: string
  seed?: Authenticated['seed']
}

function authenticateRest(
  request: HttpRequest,
  { authentication, dialect }: RestProtocol,
  body: Uint8Array | undefined,
  authenticate: Authenticate,
  { regions }: GatewayOptions,
): RestCaller {
  // Nothing but a signature says which region is meant.
  const [region] = regions
  switch (authentication.kind) {
    case 'none':
      return { caller: nobody, region }
    case 'bearer':
      return { caller: authentication.caller(request.headers[authentication.header]), region }
    case 'sigV4': {
      if (authentication.anonymous && parseAuthorization(request).kind === 'unsigned') return { caller: nobody, region }
      const bodyHash = body && { bodyHash: () => sha256Hex(body) }
      const expected = { dialect, service: authentication.signingName, regions, ...bodyHash }
      const { caller, scope, seed } = authenticate(request, expected)
      return { caller, region: scope.region, seed }
    }
    default:
      return assertNever(authentication)
  }
}

/** Dispatches, through whatever faults are on. */
function perform(
  named: { service: string; operation: string; dialect: Dialect },
  input: object,
  call: Call,
  { dispatch, faults }: GatewayOptions,
): Promise<object> {
  const work = () => dispatch(named.service, named.operation, input, call)
  if (!faults) return work()
  return faults.around({ ...named, account: call.account, region: call.region, signal: call.signal }, work)
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
