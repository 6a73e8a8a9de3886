import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { ReportError } from './testCase.ts'

/** An element with its attributes, its own text, and its children in order. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  text: string
  children: readonly XmlElement[]
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  // XML's own five, and character references (`&#10;` stands in every message of Node's reporter).
  processEntities: true,
  htmlEntities: true,
})
const node = z.record(z.string(), z.unknown())
const nodes = z.array(node)

/** Parses a document; the answer is a nameless element around its root. */
export function readXml(text: string): XmlElement {
  if (/<!ENTITY/i.test(text)) throw new ReportError('it declares entities of its own')
  const valid = XMLValidator.validate(text)
  if (valid !== true) throw new ReportError(`${valid.err.msg} at line ${valid.err.line}`)
  return toElement('', nodes.parse(parser.parse(text)), {})
}

/** The children of these names. */
export const elements = (parent: XmlElement, names: readonly string[]): XmlElement[] =>
  parent.children.filter(child => names.includes(child.name))

function toElement(name: string, inner: Record<string, unknown>[], attributes: Record<string, string>): XmlElement {
  const texts: string[] = []
  const children = inner.flatMap(item => {
    const attributesOf = z.record(z.string(), z.string()).catch({}).parse(item[':@'])
    return Object.entries(item).flatMap(([key, value]) => {
      if (key === ':@') return []
      if (key === '#text') {
        texts.push(String(value))
        return []
      }
      const below = nodes.safeParse(value)
      return below.success ? [toElement(key, below.data, attributesOf)] : []
    })
  })
  return { name, attributes, text: texts.join(''), children }
}
