import { assertNever } from '../../../base/assertNever.ts'
import type { Shape, TimestampFormat } from '../model/shape.ts'
import { serializationError } from './serialization.ts'
import { readTimestamp, writeTimestamp } from './timestamp.ts'

/** A simple value from the text that XML, a form, a header, a path or a query carries. */
export function fromText(shape: Shape, text: string): unknown {
  switch (shape.kind) {
    case 'string':
      return text
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true'
      throw serializationError(`'${text}' cannot be converted to Boolean`)
    case 'number':
    case 'bigInteger':
    case 'bigDecimal': {
      const number = Number(text)
      if (text.trim() === '' || Number.isNaN(number))
        throw serializationError(`'${text}' cannot be converted to Number`)
      return number
    }
    case 'timestamp': {
      const date = readTimestamp(text)
      if (!date) throw serializationError(`'${text}' cannot be converted to Timestamp`)
      return date
    }
    case 'blob':
      return new Uint8Array(Buffer.from(text, 'base64'))
    case 'document':
      return text
    case 'structure':
    case 'list':
    case 'map':
    case 'unit':
      throw serializationError('Text found where a structure, list or map was expected')
    default:
      return assertNever(shape)
  }
}

/** The text of a simple value; `timestamps` is the protocol's form where the model names none. */
export function toText(shape: Shape, value: unknown, timestamps: TimestampFormat): string {
  if (shape.kind === 'timestamp') return String(writeTimestamp(value as Date, shape.format ?? timestamps))
  if (shape.kind === 'blob') return Buffer.from(value as Uint8Array).toString('base64')
  return String(value)
}
