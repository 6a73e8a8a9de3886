import type { NormalizedSchema } from '@smithy/core/schema'
import { inSeconds, membersOf, textFits, timestampFormat } from './schema.testing.ts'

/** What JSON, CBOR and the SDK's own objects write differently. */
export interface Notation {
  timestamp(schema: NormalizedSchema, value: unknown): boolean
  blob(value: unknown): boolean
  /** A member's name in the document. */
  key(name: string, schema: NormalizedSchema): string
  /** Whether a member that is undefined counts as left out; elsewhere there is no undefined. */
  undefinedIsAbsent: boolean
}

const plainKey = (name: string) => name

export const json: Notation = {
  timestamp(schema, value) {
    const format = timestampFormat(schema, 'epoch-seconds')
    return format === 'epoch-seconds' ? inSeconds(value) : textFits(schema, String(value), format)
  },
  blob: value => typeof value === 'string',
  key: (name, schema) => schema.getMergedTraits().jsonName ?? name,
  undefinedIsAbsent: false,
}

export const cbor: Notation = {
  timestamp: (_schema, value) =>
    typeof value === 'object' && value !== null && 'tag' in value && value.tag === 1 && 'value' in value
      ? inSeconds(value.value)
      : value instanceof Date,
  blob: value => value instanceof Uint8Array,
  key: plainKey,
  undefinedIsAbsent: false,
}

/** What an operation hands to the protocol, before anything that the model does not know is dropped from it. */
export const handedOut: Notation = {
  timestamp: (_schema, value) => value instanceof Date,
  blob: value => value instanceof Uint8Array || typeof value === 'string' || typeof value === 'object',
  key: plainKey,
  undefinedIsAbsent: true,
}

/** Where a document departs from its schema: `pipelines[0].name is missing`. */
export function documentViolations(schema: NormalizedSchema, value: unknown, notation: Notation, at = ''): string[] {
  const said = at === '' ? 'the document' : at
  if (value === null) return [`${said} is null`]
  if (schema.isStructSchema()) {
    if (typeof value !== 'object' || Array.isArray(value)) return [`${said} is no structure`]
    return structureViolations(schema, value as Record<string, unknown>, notation, at)
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [`${said} is no list`]
    return value.flatMap((item, index) => {
      if (item === null && schema.getMergedTraits().sparse) return []
      return documentViolations(schema.getValueSchema(), item, notation, `${at}[${index}]`)
    })
  }
  if (schema.isMapSchema()) {
    if (typeof value !== 'object' || Array.isArray(value)) return [`${said} is no map`]
    return Object.entries(value).flatMap(([key, item]) =>
      item === undefined && notation.undefinedIsAbsent
        ? []
        : documentViolations(schema.getValueSchema(), item, notation, `${at}{${key}}`),
    )
  }
  return fits(schema, value, notation) ? [] : [`${said} is ${typeof value} ${JSON.stringify(value).slice(0, 40)}`]
}

function structureViolations(
  schema: NormalizedSchema,
  value: Record<string, unknown>,
  notation: Notation,
  at: string,
): string[] {
  const dot = at === '' ? '' : `${at}.`
  const members = new Map(membersOf(schema).map(one => [notation.key(one.name, one.schema), one]))
  const present = Object.keys(value).filter(key => !(notation.undefinedIsAbsent && value[key] === undefined))
  const unknown = present.filter(key => !members.has(key) && key !== '$metadata')
  const missing = [...members].filter(([key, { required }]) => required && !present.includes(key))
  return [
    ...(schema.isUnionSchema() && present.length !== 1 ? [`${at} has ${present.length} of a union's members`] : []),
    ...unknown.map(key => `${dot}${key} is unknown`),
    ...missing.map(([key]) => `${dot}${key} is missing`),
    ...present.flatMap(key => {
      const member = members.get(key)
      return member ? documentViolations(member.schema, value[key], notation, dot + key) : []
    }),
  ]
}

function fits(schema: NormalizedSchema, value: unknown, notation: Notation): boolean {
  if (schema.isTimestampSchema()) return notation.timestamp(schema, value)
  if (schema.isBlobSchema()) return notation.blob(value)
  if (schema.isBooleanSchema()) return typeof value === 'boolean'
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema())
    return typeof value === 'number' || typeof value === 'bigint'
  if (schema.isDocumentSchema() || schema.isUnitSchema()) return true
  return typeof value === 'string'
}
