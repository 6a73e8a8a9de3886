import { XMLParser } from 'fast-xml-parser'
import type { Member, Shape, Traits } from '../model/shape.ts'
import { serializationError } from './serialization.ts'
import { fromText, toText } from './text.ts'

/** `value` as one XML element, its members named and nested as the model says. */
export function toXml(name: string, shape: Shape, value: unknown, namespace?: string): string {
  return element(name, shape, {}, value, namespace)
}

function element(name: string, shape: Shape, traits: Traits, value: unknown, namespace?: string): string {
  const open = namespace ? `<${name} xmlns="${escapeXml(namespace)}"` : `<${name}${xmlnsOf(traits)}`
  switch (shape.kind) {
    case 'structure': {
      const source = value as Record<string, unknown>
      const present = shape.members.filter(({ name }) => source[name] !== undefined && source[name] !== null)
      const attributes = present.filter(member => member.traits.xmlAttribute)
      const start = attributes.reduce((so, of) => `${so} ${xmlName(of)}="${textOf(of.shape, source[of.name])}"`, open)
      const inner = present.filter(member => !member.traits.xmlAttribute)
      return `${start}>${inner.map(of => memberXml(of, source[of.name])).join('')}</${name}>`
    }
    case 'list':
      return `${open}>${items(shape.item, xmlName(shape.item), value)}</${name}>`
    case 'map':
      return `${open}>${entries(shape, 'entry', value)}</${name}>`
    default:
      return `${open}>${textOf(shape, value)}</${name}>`
  }
}

function memberXml(member: Member, value: unknown): string {
  const { shape, traits } = member
  const name = xmlName(member)
  if (traits.xmlFlattened && shape.kind === 'list') return items(shape.item, name, value)
  if (traits.xmlFlattened && shape.kind === 'map') return entries(shape, name, value)
  return element(name, shape, traits, value)
}

const items = (item: Member, name: string, value: unknown) =>
  (value as unknown[]).map(one => element(name, item.shape, item.traits, one)).join('')

const entries = (shape: Shape & { kind: 'map' }, name: string, value: unknown) =>
  Object.entries(value as object)
    .map(([key, one]) => {
      const inner = element(xmlName(shape.key), shape.key.shape, {}, key)
      return `<${name}>${inner}${element(xmlName(shape.value), shape.value.shape, {}, one)}</${name}>`
    })
    .join('')

const textOf = (shape: Shape, value: unknown) => escapeXml(toText(shape, value, 'date-time'))

function xmlName(member: Member): string {
  return member.traits.xmlName ?? member.name
}

function xmlnsOf(traits: Traits): string {
  const given: unknown = traits.xmlNamespace
  if (!Array.isArray(given)) return ''
  const [prefix, uri] = given.length > 1 ? given : ['', given[0]]
  return ` xmlns${prefix ? `:${String(prefix)}` : ''}="${escapeXml(String(uri))}"`
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for an XML element or attribute; what XML 1.0 cannot carry at all becomes U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"]/g, found => escapes[found] ?? found)
      // oxlint-disable-next-line no-control-regex -- these are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/\r/g, '&#xD;')
  )
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  removeNSPrefix: false,
})

/** An XML document as the model's types. Throws SerializationException where it is none. */
export function fromXml(shape: Shape, text: string): unknown {
  let document: Record<string, unknown>
  try {
    document = parser.parse(text, true) as Record<string, unknown>
  } catch {
    throw serializationError('The XML you provided was not well-formed')
  }
  const roots = Object.keys(document).filter(key => key !== '#text')
  if (roots.length !== 1) throw serializationError('The XML you provided was not well-formed')
  return fromNode(shape, {}, document[roots[0] ?? ''])
}

function fromNode(shape: Shape, traits: Traits, node: unknown): unknown {
  switch (shape.kind) {
    case 'structure': {
      const source = childrenOf(node)
      const result: Record<string, unknown> = {}
      for (const member of shape.members) {
        const key = member.traits.xmlAttribute ? `@${xmlName(member)}` : xmlName(member)
        const child = Object.hasOwn(source, key) ? source[key] : undefined
        if (child !== undefined) result[member.name] = fromNode(member.shape, member.traits, child)
      }
      return result
    }
    case 'list': {
      const source = traits.xmlFlattened ? node : childrenOf(node)[xmlName(shape.item)]
      return asArray(source).map(item => fromNode(shape.item.shape, shape.item.traits, item))
    }
    case 'map': {
      const source = traits.xmlFlattened ? node : childrenOf(node).entry
      return Object.fromEntries(
        asArray(source).map(entry => {
          const { [xmlName(shape.key)]: key, [xmlName(shape.value)]: value } = childrenOf(entry)
          return [textIn(key), fromNode(shape.value.shape, {}, value)]
        }),
      )
    }
    default:
      return fromText(shape, textIn(Array.isArray(node) ? node.at(-1) : node))
  }
}

const asArray = (node: unknown) => (node === undefined ? [] : Array.isArray(node) ? node : [node])

function childrenOf(node: unknown): Record<string, unknown> {
  const one: unknown = Array.isArray(node) ? node.at(-1) : node
  return typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {}
}

function textIn(node: unknown): string {
  if (typeof node === 'string') return node
  const text = childrenOf(node)['#text']
  return typeof text === 'string' ? text : ''
}
