import { cbor, tag } from '@smithy/core/cbor'
import { assertNever } from '../../../base/assertNever.ts'
import { serializationError } from '../codec/serialization.ts'
import type { Shape } from '../model/shape.ts'
import type { Document, Protocol } from './protocol.ts'

/**
 * Smithy's RPC v2 with CBOR: the operation in the path, everything else in one CBOR document. The services that speak
 * it once spoke query, so that errors also carry their old code (`x-amzn-query-error`).
 */
export const rpcCbor: Protocol = {
  dialect: 'json',
  decode: (operation, _request, body) => fromCbor(operation.input, parse(body)) as object,
  encode(operation, output, requestId) {
    const none = operation.output.kind === 'unit'
    return {
      status: 200,
      headers: headers(requestId),
      body: none ? '' : cbor.serialize(toCbor(operation.output, output)),
    }
  },
  encodeError(error, model, requestId) {
    const status = model?.status ?? error.status
    const code = `${model?.queryCode ?? error.name};${status >= 500 ? 'Receiver' : 'Sender'}`
    return {
      status,
      headers: { ...headers(requestId), 'x-amzn-query-error': code },
      body: cbor.serialize({ __type: error.name, message: error.message, ...error.members }),
    }
  },
}

const headers = (requestId: string) => ({
  'content-type': 'application/cbor',
  'smithy-protocol': 'rpc-v2-cbor',
  'x-amzn-requestid': requestId,
})

function parse(body: Document): unknown {
  if (body.byteLength === 0) return {}
  try {
    return cbor.deserialize(body)
  } catch {
    throw serializationError('The request body is not valid CBOR')
  }
}

/** A parsed CBOR value as the model's types: unknown members dropped, null as absent. Throws SerializationException. */
function fromCbor(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure': {
      const source = mapOf(value)
      const result: Record<string, unknown> = {}
      for (const { name, shape: of } of shape.members) {
        const item = Object.hasOwn(source, name) ? source[name] : undefined
        if (item !== undefined && item !== null) result[name] = fromCbor(of, item)
      }
      return result
    }
    case 'list':
      if (!Array.isArray(value)) throw mismatch('List')
      return value.map((item: unknown) => fromCbor(shape.item.shape, item))
    case 'map':
      return Object.fromEntries(Object.entries(mapOf(value)).map(([key, of]) => [key, fromCbor(shape.value.shape, of)]))
    case 'string':
      if (typeof value !== 'string') throw mismatch('String')
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch('Boolean')
      return value
    case 'number':
    case 'bigInteger':
    case 'bigDecimal':
      if (typeof value === 'number' || typeof value === 'bigint') return Number(value)
      throw mismatch('Number')
    case 'timestamp':
      return dateOf(value)
    case 'blob':
      if (!(value instanceof Uint8Array)) throw mismatch('Blob')
      return value
    case 'document':
      return value
    case 'unit':
      return {}
    default:
      return assertNever(shape)
  }
}

/** Seconds, bare or under CBOR's tag 1. */
function dateOf(value: unknown): Date {
  const seconds =
    typeof value === 'object' && value !== null && 'tag' in value && 'value' in value && value.tag === 1
      ? value.value
      : value
  const date = value instanceof Date ? value : new Date(Number(seconds) * 1000)
  if (Number.isNaN(date.getTime())) throw mismatch('Timestamp')
  return date
}

function mapOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mismatch('Structure')
  return value as Record<string, unknown>
}

const mismatch = (wanted: string) => serializationError(`The value cannot be converted to ${wanted}`)

/** What the model knows of `value`, with dates as the library's tagged seconds. */
function toCbor(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure': {
      const source = value as Record<string, unknown>
      const result: Record<string, unknown> = {}
      for (const { name, shape: of } of shape.members) {
        const item = source[name]
        if (item !== undefined && item !== null) result[name] = toCbor(of, item)
      }
      return result
    }
    case 'list':
      return (value as unknown[]).map(item => toCbor(shape.item.shape, item))
    case 'map':
      return Object.fromEntries(
        Object.entries(value as object).map(([key, of]) => [key, toCbor(shape.value.shape, of)]),
      )
    case 'timestamp':
      return tag({ tag: 1, value: (value as Date).getTime() / 1000 })
    default:
      return value
  }
}
