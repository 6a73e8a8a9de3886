import { serializationError } from '../codec/serialization.ts'
import type { Document } from './protocol.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** JSON text in UTF-8; an empty body is an empty object. */
export function parseDocument(body: Document): unknown {
  if (body.byteLength === 0) return {}
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    throw serializationError('Unexpected token received from parser')
  }
}
