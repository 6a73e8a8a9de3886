import * as codePipeline from '@aws-sdk/client-codepipeline'
import * as iam from '@aws-sdk/client-iam'
import * as s3 from '@aws-sdk/client-s3'
import { JsonCodec, QueryShapeSerializer, XmlCodec } from '@aws-sdk/core/protocols'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SchemaRef, type Shape, shapeOf } from '../model/shape.ts'
import { fromForm } from './form.ts'
import { fromJson, toJson } from './json.ts'
import { fromXml, toXml } from './xml.ts'

/**
 * Any value that a shape allows, as the SDK's types have it. `whole`: nothing left out, for protocols that cannot tell
 * an empty structure from none. `deep` bounds shapes that contain themselves.
 */
function valuesOf(shape: Shape, texts: fc.Arbitrary<string>, whole = false, deep = 4): fc.Arbitrary<unknown> {
  const inner = (of: Shape) => valuesOf(of, texts, whole, deep - 1)
  switch (shape.kind) {
    case 'structure': {
      if (deep === 0) return fc.constant({})
      const fields = Object.fromEntries(shape.members.map(member => [member.name, inner(member.shape)]))
      return whole ? fc.record(fields) : fc.record(fields, { requiredKeys: [] })
    }
    case 'list':
      return deep === 0 ? fc.constant([]) : fc.array(inner(shape.item.shape), { minLength: 1, maxLength: 2 })
    case 'map': {
      const keys = fc.string({ minLength: 1, maxLength: 4 }).filter(key => /^\w+$/.test(key) && key !== '__proto__')
      return deep === 0 ? fc.constant({}) : fc.dictionary(keys, inner(shape.value.shape), { minKeys: 1, maxKeys: 2 })
    }
    case 'timestamp':
      return fc.integer({ min: 0, max: 4_000_000_000 }).map(seconds => new Date(seconds * 1000))
    case 'boolean':
      return fc.boolean()
    case 'number':
    case 'bigInteger':
    case 'bigDecimal':
      return fc.integer({ min: 0, max: 1_000_000 })
    case 'blob':
      return fc.uint8Array({ minLength: 1, maxLength: 8 })
    case 'string':
    case 'document':
      return texts
    case 'unit':
      return fc.constant({})
  }
}

const schemas = (client: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  names.map(name => [name, client[`${name}$`] as SchemaRef] as const)

const settings = { timestampFormat: { useTrait: true, default: 7 }, jsonName: true } as const

describe('JSON', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 6 })
  const cases = schemas(codePipeline, [
    'CreatePipelineInput',
    'GetPipelineStateOutput',
    'ListActionExecutionsOutput',
    'ListRuleExecutionsOutput',
    'PollForJobsOutput',
  ])

  it.each(cases)('of %s is read by the SDK as it was written, and the reverse', async (_name, schema) => {
    const shape = shapeOf(schema)
    const codec = new JsonCodec(settings)
    await fc.assert(
      fc.asyncProperty(valuesOf(shape, texts), async value => {
        const written = JSON.stringify(toJson(shape, value))
        expect(await codec.createDeserializer().read(schema as never, written)).toEqual(value)
        expect(fromJson(shape, JSON.parse(written))).toEqual(value)
        const serializer = codec.createSerializer()
        serializer.write(schema as never, value)
        expect(fromJson(shape, JSON.parse(serializer.flush()))).toEqual(value)
      }),
      { numRuns: 50 },
    )
  })
})

describe('XML', () => {
  // The SDK's parser trims text, and takes an empty element for an absent one.
  const texts = fc.string({ minLength: 1, maxLength: 6 }).filter(text => text === text.trim() && !/^[\d.]+$/.test(text))
  const codec = new XmlCodec({
    timestampFormat: { useTrait: true, default: 5 },
    xmlNamespace: 'urn:x',
    serviceNamespace: 'com.amazonaws.x',
  } as never)
  const cases = [
    ...schemas(iam, ['GetRoleResponse', 'ListPoliciesResponse', 'SimulatePolicyResponse']),
    ...schemas(s3, [
      'VersioningConfiguration',
      'CompletedMultipartUpload',
      'Delete',
      'WebsiteConfiguration',
      'Tagging',
    ]),
  ]

  it.each(cases)('of %s is read by the SDK as it was written, and the reverse', (_name, schema) => {
    const shape = shapeOf(schema)
    fc.assert(
      fc.property(valuesOf(shape, texts), value => {
        const written = toXml('Root', shape, value, 'urn:x')
        expect(fromXml(shape, written)).toEqual(value)
        const read = codec.createDeserializer().read(schema as never, Buffer.from(written)) as unknown
        // Where nothing is in an element the SDK says '' or nothing, we say {}: there is no difference on the wire.
        expect(fromXml(shape, toXml('Root', shape, filled(read)))).toEqual(fromXml(shape, toXml('Root', shape, value)))
      }),
      { numRuns: 50 },
    )
  })

  const filled = (value: unknown) => (value === '' || value === undefined ? {} : value)

  it('is refused where it is none', () => {
    const shape = shapeOf(s3.Delete$)
    for (const text of ['', 'x', '<a>', '<a></b>', '<a/><b/>', '<a', '<!DOCTYPE a [<!ENTITY x "y">]>']) {
      expect(() => fromXml(shape, text)).toThrow(/not well-formed/)
    }
  })
})

describe('a form', () => {
  const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }).map(text => text.toWellFormed())
  const cases = schemas(iam, ['CreateRoleRequest', 'SimulatePrincipalPolicyRequest', 'ListRolesRequest'])

  it.each(cases)('of %s is read as the SDK wrote it', (_name, schema) => {
    const shape = shapeOf(schema)
    fc.assert(
      fc.property(valuesOf(shape, texts, true), value => {
        const serializer = new QueryShapeSerializer({ timestampFormat: { useTrait: true, default: 5 } } as never)
        serializer.write(schema as never, value)
        expect(fromForm(shape, new URLSearchParams(String(serializer.flush())))).toEqual(value)
      }),
      { numRuns: 50 },
    )
  })
})
