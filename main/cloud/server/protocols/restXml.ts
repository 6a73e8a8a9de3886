import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { XmlCodec } from '@aws-sdk/core/protocols'
import { FromStringShapeDeserializer } from '@smithy/core/protocols'
import type { NormalizedSchema } from '@smithy/core/schema'
import { z } from 'zod'
import { AwsError } from '../awsError.ts'
import type { WireRequest, WireResponse } from '../wire.ts'
import { decodeAwsChunked, type Trailers } from './awsChunked.ts'
import type { Labels, Route } from './restRoutes.ts'

/** A body that an operation reads by itself. `trailers` are there once `stream` has ended. */
export interface StreamedBody {
  stream: Readable
  trailers: Trailers
}

export interface RestXmlSettings {
  /** `http://s3.amazonaws.com/doc/2006-03-01/` */
  xmlNamespace: string
  /** The model's own, e.g. `com.amazonaws.s3`. */
  serviceNamespace: string
  /** Bodies that are not streamed may be no longer. */
  longestDocument: number
  /** Checks a document that is not streamed against the checksums in its headers. */
  verifyDocument?: (headers: WireRequest['headers'], bytes: Uint8Array) => void
  /** How a refused header, parameter or document is called. */
  invalid: (message: string) => AwsError
}

/** restXml on the server's side, over the SDK's own model: what the client writes it reads, and the reverse. */
export function createRestXml(settings: RestXmlSettings) {
  const codecSettings = {
    timestampFormat: { useTrait: true, default: 5 },
    httpBindings: true,
    xmlNamespace: settings.xmlNamespace,
    serviceNamespace: settings.serviceNamespace,
  } as const
  const codec = new XmlCodec(codecSettings)
  const fromString = new FromStringShapeDeserializer(codecSettings)

  const readText = (member: NormalizedSchema, text: string, where: string): unknown => {
    let value: unknown
    try {
      value = fromString.read(member, text)
    } catch (cause) {
      throw settings.invalid(`${where} is not valid: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
    if (typeof value === 'number' && !Number.isFinite(value)) throw settings.invalid(`${where} is not a number`)
    return value
  }

  const readDocument = async (request: WireRequest): Promise<Uint8Array> => {
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of openBody(request).stream as AsyncIterable<Uint8Array>) {
      length += part.byteLength
      if (length > settings.longestDocument) {
        throw new AwsError('MaxMessageLengthExceeded', 'Your request was too big.', { status: 400 })
      }
      parts.push(part)
    }
    const bytes = Buffer.concat(parts)
    settings.verifyDocument?.(request.headers, bytes)
    return bytes
  }

  const readXml = (schema: NormalizedSchema, bytes: Uint8Array): unknown => {
    try {
      return codec.createDeserializer().read(schema, bytes)
    } catch (cause) {
      throw new AwsError(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
        { status: 400, members: { Detail: cause instanceof Error ? cause.message : String(cause) } },
      )
    }
  }

  /** The operation's input. A streamed member is a {@link StreamedBody}; every other body is read to its end. */
  async function decode(route: Route, request: WireRequest, labels: Labels): Promise<Record<string, unknown>> {
    const input: Record<string, unknown> = {}
    for (const [name, member] of route.input.structIterator()) {
      const traits = member.getMergedTraits()
      if (traits.httpLabel) {
        if (labels[name] !== undefined) input[name] = labels[name]
      } else if (traits.httpQuery !== undefined) {
        const text = request.query.get(traits.httpQuery)
        if (text !== null) input[name] = readText(member, text, traits.httpQuery)
      } else if (traits.httpHeader !== undefined) {
        const text = request.headers[traits.httpHeader.toLowerCase()]
        if (text !== undefined) input[name] = readText(member, text, traits.httpHeader)
      } else if (traits.httpPrefixHeaders !== undefined) {
        input[name] = prefixed(request.headers, traits.httpPrefixHeaders)
      } else if (traits.httpPayload) {
        if (member.isStreaming()) input[name] = openBody(request)
        else {
          const bytes = await readDocument(request)
          if (member.isStructSchema()) {
            if (bytes.byteLength > 0) input[name] = readXml(member, bytes)
          } else input[name] = member.isStringSchema() ? Buffer.from(bytes).toString('utf8') : bytes
        }
      }
    }
    return input
  }

  /** The response that a client of the same model reads back as `output`. */
  function encode(route: Route, output: Readonly<Record<string, unknown>>): WireResponse {
    const headers: Record<string, string> = {}
    let status = route.status
    let body: WireResponse['body']
    let unbound = false
    for (const [name, member] of route.output.structIterator()) {
      const traits = member.getMergedTraits()
      const value = output[name]
      if (traits.httpHeader !== undefined) {
        if (value !== undefined && value !== null) headers[traits.httpHeader.toLowerCase()] = headerText(value)
      } else if (traits.httpPrefixHeaders !== undefined) {
        for (const [key, text] of Object.entries(value ?? {})) headers[traits.httpPrefixHeaders + key] = String(text)
      } else if (traits.httpResponseCode) {
        if (typeof value === 'number') status = value
      } else if (traits.httpPayload) {
        if (value !== undefined) body = member.isStructSchema() ? xml(member, value) : payload(value)
      } else unbound = true
    }
    if (unbound) body = xml(route.output, output)
    if (typeof body === 'string') headers['content-type'] ??= 'application/xml'
    return { status, headers, ...(body !== undefined && { body }) }
  }

  const xml = (schema: NormalizedSchema, value: unknown): string => {
    const serializer = codec.createSerializer()
    serializer.write(schema, value)
    return `<?xml version="1.0" encoding="UTF-8"?>\n${String(serializer.flush())}`
  }

  return { decode, encode }
}

/** A request's body without its transfer encoding, checked against `x-amz-content-sha256` as it is read. */
export function openBody(request: WireRequest): StreamedBody {
  const trailers: Trailers = new Map()
  const hash = request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'
  if (hash === 'UNSIGNED-PAYLOAD') return { stream: request.body, trailers }
  if (!hash.startsWith('STREAMING-')) return { stream: Readable.from(hashed(request.body, hash)), trailers }
  const signed = hash !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
  if (signed && request.chunkSigning === undefined) {
    throw new AwsError('NotImplemented', `Chunked bodies with ${hash} are not supported.`, { status: 501 })
  }
  const chunks = decodeAwsChunked(request.body, trailers, signed ? request.chunkSigning : undefined)
  return { stream: Readable.from(chunks, { objectMode: false }), trailers }
}

async function* hashed(body: Readable, expected: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const part of body as AsyncIterable<Uint8Array>) {
    hash.update(part)
    yield part
  }
  if (hash.digest('hex') !== expected) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      { status: 400 },
    )
  }
}

function prefixed(headers: WireRequest['headers'], prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
    ),
  )
}

const payloadShape = z.union([z.string(), z.instanceof(Uint8Array), z.instanceof(Readable)])
const payload = (value: unknown) => payloadShape.parse(value)

function headerText(value: unknown): string {
  if (value instanceof Date) return value.toUTCString()
  if (Array.isArray(value)) return value.map(String).join(', ')
  return String(value)
}

/** An error as S3 writes it. Members of the modelled error become elements beside Code and Message. */
export function restXmlError(error: AwsError, requestId: string, resource?: string): string {
  const elements = { Code: error.name, Message: error.message, ...error.members, Resource: resource, RequestId: requestId }
  const inner = Object.entries(elements)
    .filter(([name, value]) => value !== undefined && /^[A-Za-z]\w*$/.test(name))
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner.join('')}</Error>`
}

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return text
    .replace(/[&<>]/g, char => entities[char] ?? char)
    // oxlint-disable-next-line no-control-regex -- what XML 1.0 cannot carry at all
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\uFFFD')
}
