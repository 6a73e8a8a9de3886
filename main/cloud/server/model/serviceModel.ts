import { type SchemaRef, type Shape, shapeOf } from './shape.ts'

/** One operation as its service's model describes it. */
export interface OperationModel {
  name: string
  input: Shape
  output: Shape
  /** REST protocols only: method, path template with its fixed query, and the status of success. */
  http?: { method: string; uri: string; status: number }
}

export interface ErrorModel {
  status: number
  /** What the query protocol calls it, e.g. `NoSuchEntity` for `NoSuchEntityException`. */
  queryCode: string
  shape: Shape
}

/** A service's model: what its SDK client's runtime schemas tell. */
export interface ServiceModel {
  operation(name: string): OperationModel | undefined
  error(name: string): ErrorModel | undefined
}

/** Reads a model from an SDK client's exports (`GetPipelineState$`, `PipelineNotFoundException$`, …). */
export function serviceModel(client: Readonly<Record<string, unknown>>): ServiceModel {
  const operations = new Map<string, OperationModel | undefined>()
  const errors = new Map<string, ErrorModel | undefined>()
  const schema = (name: string, kind: number) => {
    const found = Object.hasOwn(client, `${name}$`) ? client[`${name}$`] : undefined
    return Array.isArray(found) && found[0] === kind ? found : undefined
  }
  return {
    operation: name => remember(operations, name, () => operationModel(name, schema(name, 9))),
    error: name => remember(errors, name, () => errorModel(name, schema(name, -3))),
  }
}

function operationModel(name: string, schema: readonly unknown[] | undefined): OperationModel | undefined {
  if (!schema) return undefined
  const traits = traitsOf(schema)
  const http = Array.isArray(traits.http) ? traits.http : undefined
  return {
    name,
    input: shapeOf(schema[4] as SchemaRef),
    output: shapeOf(schema[5] as SchemaRef),
    ...(http && { http: { method: String(http[0]), uri: String(http[1]), status: Number(http[2]) } }),
  }
}

function errorModel(name: string, schema: readonly unknown[] | undefined): ErrorModel | undefined {
  if (!schema) return undefined
  const traits = traitsOf(schema)
  const query = Array.isArray(traits.awsQueryError) ? traits.awsQueryError : undefined
  return {
    status: Number(traits.httpError ?? query?.[1] ?? (traits.error === 'server' ? 500 : 400)),
    queryCode: String(query?.[0] ?? name),
    shape: shapeOf(schema as SchemaRef),
  }
}

function traitsOf(schema: readonly unknown[]): Record<string, unknown> {
  const traits = schema[3]
  return typeof traits === 'object' && traits !== null ? { ...traits } : {}
}

// Bounded by what is asked for and exists: unknown names are not remembered, so that noise cannot fill the memory.
function remember<T>(cache: Map<string, T>, name: string, make: () => T): T {
  const found = cache.get(name)
  if (found !== undefined) return found
  const made = make()
  if (made !== undefined) cache.set(name, made)
  return made
}
