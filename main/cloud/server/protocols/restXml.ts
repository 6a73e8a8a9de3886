import { Readable } from 'node:stream'
import { z } from 'zod'
import { AwsError } from '../awsError.ts'
import { escapeXml, fromXml, toXml } from '../codec/xml.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'
import type { Member, Shape } from '../model/shape.ts'
import type { ChunkSigning } from './awsChunked.ts'
import { isBound, membersOf, readBound, writeHeaders } from './httpBindings.ts'
import { openBody, readDocument } from './restBody.ts'
import type { Labels, Route } from './restRoutes.ts'

export interface RestXmlSettings {
  /** `http://s3.amazonaws.com/doc/2006-03-01/` */
  namespace: string
  /** Bytes that a body which is not streamed may have. */
  longestDocument: number
  /** Checks such a body against the checksums in its headers. */
  verifyDocument(headers: HttpRequest['headers'], bytes: Uint8Array): void
  /** How the service calls a header or parameter that it cannot read. */
  invalid: (message: string) => AwsError
}

const preamble = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** restXml on the server's side: what a client of the same model writes it reads, and the reverse. */
export function createRestXml(settings: RestXmlSettings) {
  const readXml = (shape: Shape, bytes: Uint8Array): unknown => {
    try {
      return fromXml(shape, Buffer.from(bytes).toString('utf8'))
    } catch {
      throw new AwsError(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
      )
    }
  }

  const readPayload = async (member: Member, request: HttpRequest, signing: ChunkSigning | undefined) => {
    const body = openBody(request, signing)
    if (member.shape.kind === 'blob' && member.shape.streaming) return body
    const bytes = await readDocument(body.stream, settings.longestDocument)
    settings.verifyDocument(request.headers, bytes)
    if (member.shape.kind === 'structure') return bytes.byteLength > 0 ? readXml(member.shape, bytes) : undefined
    return member.shape.kind === 'blob' ? bytes : Buffer.from(bytes).toString('utf8')
  }

  /** The operation's input. A streamed member is a `StreamedBody`; every other body is read to its end. */
  async function decode(
    route: Route,
    request: HttpRequest,
    labels: Labels,
    signing?: ChunkSigning,
  ): Promise<Record<string, unknown>> {
    const incoming = { headers: request.headers, query: new URLSearchParams(request.query), labels }
    const input: Record<string, unknown> = {}
    for (const member of membersOf(route.operation.input)) {
      const value = member.traits.httpPayload
        ? await readPayload(member, request, signing)
        : readBound(member, incoming, settings.invalid)
      if (value !== undefined) input[member.name] = value
    }
    return input
  }

  /** The response that a client of the same model reads back as `output`. */
  function encode(route: Route, output: Readonly<Record<string, unknown>>): HttpResponse {
    const shape = route.operation.output
    const headers = writeHeaders(shape, output)
    const body = bodyOf(shape, output)
    if (typeof body === 'string' && body.startsWith(preamble)) headers['content-type'] = 'application/xml'
    return { status: route.status, headers, ...(body !== undefined && { body }) }
  }

  /** One member alone, or all that travel in no header. */
  function bodyOf(shape: Shape, output: Readonly<Record<string, unknown>>): HttpResponse['body'] | undefined {
    const members = membersOf(shape).filter(member => !isBound(member))
    const whole = members.find(({ traits }) => traits.httpPayload)
    if (whole) return output[whole.name] === undefined ? undefined : payload(whole, output[whole.name])
    if (shape.kind !== 'structure' || members.length === 0) return undefined
    return document({ ...shape, members }, output, shape.traits.xmlName)
  }

  const payload = (member: Member, value: unknown) =>
    member.shape.kind === 'structure' ? document(member.shape, value, member.traits.xmlName) : payloadShape.parse(value)

  const document = (shape: Shape, value: unknown, name: string | undefined) =>
    preamble + toXml(name ?? (shape.kind === 'structure' ? shape.name : ''), shape, value, settings.namespace)

  return { decode, encode }
}

const payloadShape = z.union([z.string(), z.instanceof(Uint8Array), z.instanceof(Readable)])

/** An error as S3 writes it. Members of the modelled error become elements beside Code and Message. */
export function restXmlError(error: AwsError, requestId: string, resource?: string): string {
  const elements = {
    Code: error.name,
    Message: error.message,
    ...error.members,
    Resource: resource,
    RequestId: requestId,
  }
  const inner = Object.entries(elements)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
  return `${preamble}<Error>${inner.join('')}</Error>`
}
