import { NormalizedSchema } from '@smithy/core/schema'

/** What the SDK's clients export as `Name$`. */
export type SchemaRef = Parameters<typeof NormalizedSchema.of>[0]
export type Traits = ReturnType<NormalizedSchema['getMergedTraits']>

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds'

/**
 * A type of a service's model, as far as the wire needs it. Read from the runtime schemas that the AWS SDK's own
 * clients carry, so that the cloud encodes exactly what they decode.
 */
export type Shape =
  | { kind: 'structure'; name: string; union: boolean; traits: Traits; members: readonly Member[] }
  | { kind: 'list'; item: Member }
  | { kind: 'map'; key: Member; value: Member }
  | { kind: 'timestamp'; format: TimestampFormat | undefined }
  | { kind: 'blob'; streaming: boolean }
  | { kind: 'string' | 'boolean' | 'number' | 'bigInteger' | 'bigDecimal' | 'document' | 'unit' }

export interface Member {
  name: string
  required: boolean
  traits: Traits
  /** Read when asked for: shapes may contain themselves. */
  readonly shape: Shape
}

const known = new WeakMap<object, Shape>()

/** The shape behind one of an SDK client's exported schemas. */
export function shapeOf(ref: SchemaRef): Shape {
  return read(NormalizedSchema.of(ref))
}

function read(schema: NormalizedSchema): Shape {
  const raw: unknown = schema.getSchema()
  const key = typeof raw === 'object' && raw !== null ? raw : undefined
  const seen = key && known.get(key)
  if (seen) return seen
  const shape = build(schema, raw)
  if (key) known.set(key, shape)
  return shape
}

function build(schema: NormalizedSchema, raw: unknown): Shape {
  if (schema.isUnitSchema()) return { kind: 'unit' }
  if (schema.isStructSchema()) {
    // The seventh place of a static structure counts its required members, which come first.
    const required = Array.isArray(raw) && typeof raw[6] === 'number' ? raw[6] : 0
    return {
      kind: 'structure',
      name: schema.getName() ?? '',
      union: schema.isUnionSchema(),
      traits: schema.getOwnTraits(),
      members: [...schema.structIterator()].map(([name, of], index) => member(name, of, index < required)),
    }
  }
  if (schema.isMapSchema()) {
    return {
      kind: 'map',
      key: member('key', schema.getKeySchema(), true),
      value: member('value', schema.getValueSchema(), false),
    }
  }
  if (schema.isListSchema()) return { kind: 'list', item: member('member', schema.getValueSchema(), false) }
  if (schema.isTimestampSchema()) return { kind: 'timestamp', format: timestampFormats[Number(raw)] }
  if (schema.isBlobSchema()) return { kind: 'blob', streaming: schema.isStreaming() }
  if (schema.isBooleanSchema()) return { kind: 'boolean' }
  if (schema.isNumericSchema()) return { kind: 'number' }
  if (schema.isBigIntegerSchema()) return { kind: 'bigInteger' }
  if (schema.isBigDecimalSchema()) return { kind: 'bigDecimal' }
  if (schema.isDocumentSchema()) return { kind: 'document' }
  return { kind: 'string' }
}

const timestampFormats: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
}

function member(name: string, schema: NormalizedSchema, required: boolean): Member {
  let shape: Shape | undefined
  return {
    name,
    required,
    traits: schema.getMergedTraits(),
    get shape() {
      shape ??= read(schema)
      return shape
    },
  }
}
