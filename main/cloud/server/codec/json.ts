import { assertNever } from '../../../base/assertNever.ts'
import type { Member, Shape } from '../model/shape.ts'
import { serializationError } from './serialization.ts'
import { readTimestamp, writeTimestamp } from './timestamp.ts'

/**
 * A parsed JSON value as the model's types: unknown members dropped, null as absent, seconds as dates.
 * Throws SerializationException in the words of AWS's JSON services.
 */
export function fromJson(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return structureFrom(shape.members, value)
    case 'list':
      if (!Array.isArray(value)) throw mismatch(value, 'List')
      return value.map(item => fromJson(shape.item.shape, item ?? undefined))
    case 'map': {
      const entries = Object.entries(objectOf(value, 'Map')).filter(([, item]) => item !== null)
      return Object.fromEntries(entries.map(([key, item]) => [key, fromJson(shape.value.shape, item)]))
    }
    case 'string':
      if (typeof value !== 'string') throw mismatch(value, 'String')
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch(value, 'Boolean')
      return value
    case 'number':
    case 'bigInteger':
    case 'bigDecimal':
      if (typeof value === 'number') return value
      if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
      throw mismatch(value, 'Number')
    case 'timestamp': {
      const date = typeof value === 'number' || typeof value === 'string' ? readTimestamp(String(value)) : undefined
      if (!date) throw mismatch(value, 'Timestamp')
      return date
    }
    case 'blob':
      if (typeof value !== 'string') throw mismatch(value, 'Blob')
      return new Uint8Array(Buffer.from(value, 'base64'))
    case 'document':
      return value
    case 'unit':
      return {}
    default:
      return assertNever(shape)
  }
}

function structureFrom(members: readonly Member[], value: unknown): Record<string, unknown> {
  const source = objectOf(value, 'Structure')
  const result: Record<string, unknown> = {}
  for (const { name, traits, shape } of members) {
    const key = traits.jsonName ?? name
    const item = Object.hasOwn(source, key) ? source[key] : undefined
    if (item !== undefined && item !== null) result[name] = fromJson(shape, item)
  }
  return result
}

function objectOf(value: unknown, wanted: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mismatch(value, wanted)
  return value as Record<string, unknown>
}

function mismatch(value: unknown, wanted: string) {
  if (Array.isArray(value)) return serializationError('Start of list found where not expected')
  if (typeof value === 'object' && value !== null) {
    return serializationError('Start of structure or map found where not expected.')
  }
  const token = typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : value === null ? 'NULL' : typeof value
  return serializationError(`${token.toUpperCase()}_VALUE cannot be converted to ${wanted}`)
}

/** What the model knows of `value`, ready for JSON.stringify. Members that are undefined or null are left out. */
export function toJson(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure': {
      const source = value as Record<string, unknown>
      const result: Record<string, unknown> = {}
      for (const member of shape.members) {
        const item = source[member.name]
        if (item !== undefined && item !== null)
          result[member.traits.jsonName ?? member.name] = toJson(member.shape, item)
      }
      return result
    }
    case 'list':
      return (value as unknown[]).map(item => toJson(shape.item.shape, item))
    case 'map': {
      const entries = Object.entries(value as object).filter(([, item]) => item !== undefined && item !== null)
      return Object.fromEntries(entries.map(([key, item]) => [key, toJson(shape.value.shape, item)]))
    }
    case 'timestamp':
      return writeTimestamp(value as Date, shape.format ?? 'epoch-seconds')
    case 'blob':
      return typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('base64')
    case 'string':
    case 'boolean':
    case 'number':
    case 'bigInteger':
    case 'bigDecimal':
    case 'document':
      return value
    case 'unit':
      return {}
    default:
      return assertNever(shape)
  }
}
