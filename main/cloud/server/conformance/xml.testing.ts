import type { NormalizedSchema } from '@smithy/core/schema'
import { XMLParser } from 'fast-xml-parser'
import { membersOf, type SchemaMember, textFits } from './schema.testing.ts'

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
})

export type XmlNode = string | { [name: string]: XmlNode | XmlNode[] }

/** An XML document: the name of its root, and what is in it. */
export function readXml(text: string): { root: string; node: XmlNode } {
  const document = parser.parse(text, true) as Record<string, XmlNode>
  const [root = ''] = Object.keys(document).filter(key => key !== '#text')
  return { root, node: document[root] ?? '' }
}

/** The elements in a node, by name: attributes and the white space between them left out. */
export function elementsIn(node: XmlNode): Map<string, XmlNode[]> {
  if (typeof node === 'string') return new Map()
  return new Map(
    Object.entries(node)
      .filter(([name]) => !name.startsWith('@') && name !== '#text')
      .map(([name, inner]) => [name, Array.isArray(inner) ? inner : [inner]]),
  )
}

/** The text of a node without elements. */
export function textIn(node: XmlNode): string {
  const text = typeof node === 'string' ? node : node['#text']
  return typeof text === 'string' ? text : ''
}

const elementName = ({ name, schema }: SchemaMember) => schema.getMergedTraits().xmlName ?? name

/** Where an XML element departs from its schema. `members`: those of a structure that are elements of it. */
export function xmlViolations(
  schema: NormalizedSchema,
  node: XmlNode,
  at: string,
  members = schema.isStructSchema() ? membersOf(schema) : [],
): string[] {
  const said = at === '' ? 'the document' : at
  if (schema.isStructSchema()) return structureViolations(members, node, at)
  if (schema.isListSchema()) return listViolations(schema, node, at)
  if (schema.isMapSchema()) {
    const found = elementsIn(node)
    return [
      ...[...found.keys()].filter(name => name !== 'entry').map(name => `${at}.${name} is unknown`),
      ...(found.get('entry') ?? []).flatMap(entry => entryViolations(schema, entry, at)),
    ]
  }
  if (elementsIn(node).size > 0) return [`${said} has elements in it`]
  const text = textIn(node)
  return textFits(schema, text, 'date-time') ? [] : [`${said} is ${JSON.stringify(text.slice(0, 40))}`]
}

function structureViolations(members: readonly SchemaMember[], node: XmlNode, at: string): string[] {
  const dot = at === '' ? '' : `${at}.`
  const known = new Map(members.map(member => [elementName(member), member]))
  const found = elementsIn(node)
  const isAttribute = ({ schema }: SchemaMember) => Boolean(schema.getMergedTraits().xmlAttribute)
  return [
    ...[...known]
      .filter(([name, member]) => member.required && !isAttribute(member) && !found.has(name))
      .map(([name]) => `${dot}${name} is missing`),
    ...[...found].flatMap(([name, nodes]) => {
      const member = known.get(name)
      return member ? memberViolations(member, nodes, dot + name) : [`${dot}${name} is unknown`]
    }),
  ]
}

function memberViolations({ schema }: SchemaMember, nodes: readonly XmlNode[], at: string): string[] {
  if (schema.getMergedTraits().xmlFlattened) {
    if (schema.isListSchema())
      return nodes.flatMap((node, index) => xmlViolations(schema.getValueSchema(), node, `${at}[${index}]`))
    if (schema.isMapSchema()) return nodes.flatMap(node => entryViolations(schema, node, at))
  }
  const [first] = nodes
  if (first === undefined || nodes.length > 1) return [`${at} is there ${nodes.length} times`]
  return xmlViolations(schema, first, at)
}

function listViolations(schema: NormalizedSchema, node: XmlNode, at: string): string[] {
  const item = schema.getValueSchema()
  const name = item.getMergedTraits().xmlName ?? 'member'
  return [...elementsIn(node)].flatMap(([found, nodes]) =>
    found === name
      ? nodes.flatMap((one, index) => xmlViolations(item, one, `${at}[${index}]`))
      : [`${at}.${found} is unknown`],
  )
}

function entryViolations(schema: NormalizedSchema, node: XmlNode, at: string): string[] {
  const [key, value] = [schema.getKeySchema(), schema.getValueSchema()]
  return structureViolations(
    [
      { name: 'key', schema: key, required: true },
      { name: 'value', schema: value, required: true },
    ],
    node,
    at,
  )
}
