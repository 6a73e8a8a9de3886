import type { NormalizedSchema } from '@smithy/core/schema'

/** A member of a structure as the SDK's own schema has it. */
export interface SchemaMember {
  name: string
  schema: NormalizedSchema
  required: boolean
}

/** The members of a structure. The seventh place of its static schema counts the required ones, which come first. */
export function membersOf(structure: NormalizedSchema): SchemaMember[] {
  const raw: unknown = structure.getSchema()
  const required = Array.isArray(raw) && typeof raw[6] === 'number' ? raw[6] : 0
  return [...structure.structIterator()].map(([name, schema], index) => ({ name, schema, required: index < required }))
}

/** How a timestamp is written: what the schema says of it, or else what the protocol does. */
export function timestampFormat<F extends string>(schema: NormalizedSchema, usual: F) {
  const formats = { 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' } as const
  const raw = Number(schema.getSchema())
  return raw === 5 || raw === 6 || raw === 7 ? formats[raw] : usual
}

/** Whether text is what the simple type writes; undefined where any text is. */
export function textFits(
  schema: NormalizedSchema,
  text: string,
  dates: 'date-time' | 'http-date' | 'epoch-seconds',
): boolean {
  if (schema.isBooleanSchema()) return /^(true|false)$/.test(text)
  if (schema.isNumericSchema()) return /^(-?\d+(\.\d+)?(e[+-]?\d+)?|NaN|-?Infinity)$/i.test(text)
  if (schema.isTimestampSchema()) return dateFits(timestampFormat(schema, dates), text)
  if (schema.isBlobSchema()) return /^[A-Za-z0-9+/]*={0,2}$/.test(text)
  return true
}

function dateFits(format: 'date-time' | 'http-date' | 'epoch-seconds', text: string): boolean {
  switch (format) {
    case 'date-time':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)
    case 'http-date':
      return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
    case 'epoch-seconds':
      return inSeconds(Number(text))
  }
}

/** Milliseconds taken for seconds would be beyond the year 5000. */
export const inSeconds = (value: unknown) => typeof value === 'number' && Math.abs(value) < 1e11
