import { Readable } from 'node:stream'
import { z } from 'zod'
import type { AwsError } from '../awsError.ts'
import { fromJson, toJson } from '../codec/json.ts'
import { serializationError } from '../codec/serialization.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'
import type { ErrorModel } from '../model/serviceModel.ts'
import type { Member, Shape } from '../model/shape.ts'
import { isBound, membersOf, readBound, writeHeaders } from './httpBindings.ts'
import { parseDocument } from './jsonDocument.ts'
import type { Document } from './protocol.ts'
import type { Labels, Route } from './restRoutes.ts'

/** The operation's input: labels, query, headers, and the body as one member (`httpPayload`) or as a document. */
export function decodeRestJson(
  route: Route,
  request: HttpRequest,
  labels: Labels,
  body: Document,
): Record<string, unknown> {
  const shape = route.operation.input
  const incoming = { headers: request.headers, query: new URLSearchParams(request.query), labels }
  const input = documentFrom(shape, body)
  for (const member of membersOf(shape)) {
    if (member.traits.httpPayload) input[member.name] = readPayload(member, body)
    else if (isBound(member)) input[member.name] = readBound(member, incoming, serializationError)
    if (input[member.name] === undefined) delete input[member.name]
  }
  return input
}

/** The members of the body's document; none where the model sends no document. */
function documentFrom(shape: Shape, body: Document): Record<string, unknown> {
  const members = membersOf(shape)
  if (shape.kind !== 'structure' || members.some(({ traits }) => traits.httpPayload)) return {}
  const inBody = members.filter(member => !isBound(member))
  if (inBody.length === 0) return {}
  return fromJson({ ...shape, members: inBody }, parseDocument(body)) as Record<string, unknown>
}

function readPayload({ shape }: Member, body: Document): unknown {
  if (body.byteLength === 0) return undefined
  if (shape.kind === 'blob') return body
  if (shape.kind === 'string') return Buffer.from(body).toString('utf8')
  return fromJson(shape, parseDocument(body))
}

/** The response that a client of the same model reads back as `output`. */
export function encodeRestJson(route: Route, output: Readonly<Record<string, unknown>>): HttpResponse {
  const shape = route.operation.output
  const headers = writeHeaders(shape, output)
  const members = membersOf(shape)
  const code = members.find(({ traits }) => traits.httpResponseCode !== undefined)
  const status = code ? z.int().catch(route.status).parse(output[code.name]) : route.status
  const payload = members.find(({ traits }) => traits.httpPayload)
  if (payload) {
    const value = output[payload.name]
    const body = value === undefined ? '' : writePayload(payload, value)
    return { status, headers: { 'content-type': 'application/json', ...headers }, body }
  }
  const inBody = members.filter(member => !isBound(member))
  if (shape.kind !== 'structure' || inBody.length === 0 || status === 204) return { status, headers, body: '' }
  const body = JSON.stringify(toJson({ ...shape, members: inBody }, output))
  return { status, headers: { 'content-type': 'application/json', ...headers }, body }
}

const bytesShape = z.union([z.string(), z.instanceof(Uint8Array), z.instanceof(Readable)])

const writePayload = ({ shape }: Member, value: unknown) =>
  shape.kind === 'blob' || shape.kind === 'string' ? bytesShape.parse(value) : JSON.stringify(toJson(shape, value))

/** An error: its name in a header, its members in the body. The sentence goes by the name that the model gives it. */
export function encodeRestJsonError(error: AwsError, model: ErrorModel | undefined, requestId: string): HttpResponse {
  const members = membersOf(model?.shape ?? { kind: 'unit' })
  const sentence = model ? members.find(({ name }) => name.toLowerCase() === 'message')?.name : 'message'
  const body = { ...(sentence && { [sentence]: error.message }), ...error.members }
  const bound = new Set(members.filter(isBound).map(({ name }) => name))
  return {
    status: model?.status ?? (error.name.startsWith('AccessDenied') ? 403 : error.status),
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.name,
      ...(model && writeHeaders(model.shape, error.members)),
    },
    body: JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => !bound.has(name)))),
  }
}
