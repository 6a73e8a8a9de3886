import type { AwsError } from '../../server/awsError.ts'
import type { HttpRequest } from '../../server/http.ts'
import { serviceModel } from '../../server/model/serviceModel.ts'
import type { RestExchange, RestProtocol } from '../../server/protocols/rest.ts'
import { matchRoute, type Route, routeOf } from '../../server/protocols/restRoutes.ts'
import { createRestXml, restXmlError } from '../../server/protocols/restXml.ts'
import { addressOf } from './address.ts'
import { verifyDocument } from './checksums.ts'
import { accessDenied, invalidArgument, methodNotAllowed, notImplemented, S3Error } from './errors.ts'
import { operations } from './index.ts'

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

const restXml = createRestXml({
  namespace,
  // A CompleteMultipartUpload of 10,000 parts and a DeleteObjects of 1,000 long keys both fit.
  longestDocument: 8 * 1024 * 1024,
  verifyDocument,
  invalid: invalidArgument,
})

const client = () => import('@aws-sdk/client-s3')

// Of everything that S3 can, not only of what is here: `PUT /bucket/key?acl` must not be taken for PutObject.
async function readRoutes(): Promise<Route[]> {
  const known = await client()
  const model = serviceModel({ ...known })
  return Object.keys(known).flatMap(name => {
    const operation = name.endsWith('$') ? model.operation(name.slice(0, -1)) : undefined
    return operation ? [routeOf(operation)] : []
  })
}

// Read with the first request: the model is large, and the cloud starts without it.
let reading: Promise<Route[]> | undefined
function allRoutes(): Promise<Route[]> {
  reading ??= readRoutes()
  return reading
}

/** S3 on the wire. Unsigned requests are let in: the bucket's policy may be for everybody. */
export const s3Protocol: RestProtocol = {
  service: 's3',
  dialect: 's3',
  client,
  authentication: { kind: 'sigV4', signingName: 's3', anonymous: true },
  // The first of all, it takes what no other service claims.
  claims: async () => false,
  ask: async request => exchange(request, await allRoutes()),
  encodeError(error, request, requestId) {
    const headers = { ...(error instanceof S3Error && error.headers), 'x-amz-request-id': requestId }
    const named = inS3Terms(error)
    // There must be no body where the client expects none.
    if (request.method === 'HEAD' || named.status === 304) return { status: named.status, headers }
    const body = restXmlError(named, requestId, request.path)
    return { status: named.status, headers: { ...headers, 'content-type': 'application/xml' }, body }
  },
}

/** What the cloud's core refuses in the words of the JSON services, S3 has words of its own for. */
function inS3Terms(error: AwsError): AwsError {
  if (error.name === 'AccessDeniedException') return accessDenied(error.message)
  if (error.name !== 'InternalFailure') return error
  return new S3Error('InternalError', 500, 'We encountered an internal error. Please try again.')
}

function exchange(request: HttpRequest, routes: readonly Route[]): RestExchange {
  const labels = addressOf(request)
  const route = matchRoute(routes, request, labels)
  if (!route) throw methodNotAllowed(request.method)
  const operation = route.operation.name
  if (!Object.hasOwn(operations, operation)) throw notImplemented(operation)
  return {
    operation,
    decode: seed => restXml.decode(route, request, labels, seed),
    encode(output, requestId) {
      const { status, headers, body } = restXml.encode(route, { ...output })
      return {
        status: 'ContentRange' in output ? 206 : status,
        headers: { ...headers, 'x-amz-request-id': requestId },
        ...(body !== undefined && { body: operation === 'GetBucketLocation' ? location(output) : body }),
      }
    },
  }
}

// The one answer whose only member is its root (the model's s3UnwrappedXmlOutput, which the SDK's schemas leave out).
function location(output: object): string {
  const region = 'LocationConstraint' in output ? String(output.LocationConstraint) : ''
  return `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="${namespace}">${region}</LocationConstraint>`
}
