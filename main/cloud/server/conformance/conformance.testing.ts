import { Readable } from 'node:stream'
import { cbor as cborCodec } from '@smithy/core/cbor'
import { NormalizedSchema } from '@smithy/core/schema'
import type { Answer } from '../gateway.ts'
import type { SchemaRef } from '../model/shape.ts'
import { cbor, documentViolations, handedOut, json } from './document.testing.ts'
import { type ClientExports, errorViolations, queryErrorViolations } from './errors.testing.ts'
import { membersOf, textFits } from './schema.testing.ts'
import { elementsIn, readXml, xmlViolations } from './xml.testing.ts'

/** Members that the model requires and AWS's recorded answers leave out all the same: ours may, too. */
const leftOutByAws = [
  /^GetPipelineState: stageStates\[\d+\]\.actionStates\[\d+\]\.currentRevision\.(created|revisionChangeId) is missing$/,
]

/** Holds every answer of a cloud under test against the schemas of the SDK's own clients. */
export interface Conformance {
  answered: (answer: Answer) => void
  /** Every departure so far, once each: `ListPipelines: pipelines[0].name is missing`. */
  violations(): Promise<string[]>
}

export function createConformance(): Conformance {
  const found = new Set<string>()
  const checking = new Set<Promise<void>>()
  return {
    answered(answer) {
      const check = violationsOf(answer)
        .catch((error: unknown) => [`the answer can't be read: ${String(error)}`])
        .then(all => {
          for (const one of all) found.add(`${answer.operation}: ${one}`)
          checking.delete(check)
        })
      checking.add(check)
    },
    async violations() {
      await Promise.all(checking)
      return [...found].filter(one => !leftOutByAws.some(pattern => pattern.test(one)))
    },
  }
}

/** Throws where any answer departed from its schema: the test file fails, with operation and path. */
export async function assertConformance(conformance: Conformance): Promise<void> {
  const violations = await conformance.violations()
  if (violations.length > 0) throw new Error(`Answers that AWS's model does not know:\n${violations.join('\n')}`)
}

async function violationsOf({ operation, client, output, response }: Answer): Promise<string[]> {
  const { status, headers, body = '' } = response
  if (body instanceof Readable) return []
  const exports = await client()
  const type = headers['content-type'] ?? ''
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8')
  const noId = headers['x-amzn-requestid'] === undefined && headers['x-amz-request-id'] === undefined
  const generally = noId ? ['there is no request id'] : []
  const schema = operationOutput(exports, operation)
  if (!schema) return [...generally, 'there is no such operation']
  if (status >= 300) return [...generally, ...refusalViolations(exports, response, type, text)]
  const handed = output && !schema.isUnitSchema() ? documentViolations(schema, output, handedOut) : []
  return [...new Set([...generally, ...handed, ...successViolations(operation, schema, response, type, text)])]
}

function operationOutput(client: ClientExports, operation: string): NormalizedSchema | undefined {
  const found = client[`${operation}$`]
  return Array.isArray(found) && found[0] === 9 ? NormalizedSchema.of(found[5] as SchemaRef) : undefined
}

function successViolations(
  operation: string,
  schema: NormalizedSchema,
  response: Answer['response'],
  type: string,
  text: string,
): string[] {
  if (type.startsWith('text/xml')) {
    const { root, node } = readXml(text)
    const result = elementsIn(node).get(`${operation}Result`)?.[0]
    if (root !== `${operation}Response`) return [`the answer begins with ${root}`]
    if (schema.isUnitSchema()) return result === undefined ? [] : ['there is a result where there should be none']
    return xmlViolations(schema, result ?? '', '')
  }
  if (schema.isUnitSchema()) return text === '' || text === '{}' ? [] : ['there is an answer where none should be']
  if (type.startsWith('application/x-amz-json')) return documentViolations(schema, JSON.parse(text), json)
  if (type === 'application/cbor') {
    const { body } = response
    return documentViolations(schema, body instanceof Uint8Array ? cborCodec.deserialize(body) : undefined, cbor)
  }
  return restViolations(operation, schema, response, type, text)
}

/** Of a REST answer: headers, and the document or the one member that is the body. */
function restViolations(
  operation: string,
  schema: NormalizedSchema,
  { headers }: Answer['response'],
  type: string,
  text: string,
): string[] {
  const members = membersOf(schema)
  const traits = (one: (typeof members)[number]) => one.schema.getMergedTraits()
  const inHeaders = members.flatMap(member => {
    const name = traits(member).httpHeader
    const value = name === undefined ? undefined : headers[name.toLowerCase()]
    if (name === undefined) return []
    if (value === undefined) return member.required ? [`the header ${name} is missing`] : []
    return textFits(member.schema, value, 'http-date') ? [] : [`the header ${name} is ${JSON.stringify(value)}`]
  })
  const payload = members.find(member => traits(member).httpPayload)
  const isBound = (member: (typeof members)[number]) => {
    const { httpHeader, httpPrefixHeaders, httpResponseCode } = traits(member)
    return httpHeader !== undefined || httpPrefixHeaders !== undefined || httpResponseCode !== undefined
  }
  const inBody = members.filter(member => !isBound(member))
  // Its only member is its root (the model's s3UnwrappedXmlOutput, which the SDK's schemas leave out).
  if (operation === 'GetBucketLocation' || text === '') {
    const missing = text === '' ? inBody.filter(({ required }) => required) : []
    return [...inHeaders, ...missing.map(({ name }) => `${name} is missing`)]
  }
  if (payload && !payload.schema.isStructSchema()) return inHeaders
  if (!payload && inBody.length === 0) return [...inHeaders, 'there is a body where none should be']
  const document = payload?.schema ?? schema
  const within = payload ? undefined : inBody
  if (type.startsWith('application/json')) {
    const bound = new Set(members.filter(isBound).map(({ name }) => `${name} is missing`))
    const found = documentViolations(document, JSON.parse(text), json)
    return [...inHeaders, ...found.filter(one => !bound.has(one))]
  }
  const { root, node } = readXml(text)
  const expected = payload
    ? (traits(payload).xmlName ?? document.getName())
    : (document.getMergedTraits().xmlName ?? document.getName())
  return [
    ...inHeaders,
    ...(root === expected ? [] : [`the answer begins with ${root}, not ${expected}`]),
    ...xmlViolations(document, node, '', within),
  ]
}

function refusalViolations(
  client: ClientExports,
  { status, headers, body }: Answer['response'],
  type: string,
  text: string,
): string[] {
  if (type.startsWith('text/xml')) return queryErrorViolations(client, status, text)
  // S3's model names hardly any of its errors.
  if (type.startsWith('application/xml')) {
    const { root, node } = readXml(text)
    return root === 'Error' && elementsIn(node).has('Code') && elementsIn(node).has('Message') ? [] : ['no S3 error']
  }
  if (text === '') return []
  const members = (type === 'application/cbor' && body instanceof Uint8Array
    ? cborCodec.deserialize(body)
    : JSON.parse(text)) as unknown as Record<string, unknown>
  const { __type: name = headers['x-amzn-errortype'], ...others } = members
  return errorViolations(client, String(name), status, others)
}
