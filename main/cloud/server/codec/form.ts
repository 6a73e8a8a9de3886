import type { Member, Shape } from '../model/shape.ts'
import { serializationError } from './serialization.ts'
import { fromText } from './text.ts'

/** The parameters of a query request as a tree: `Tags.member.1.Key=a` is three steps deep. */
interface Node {
  value?: string
  children: Map<string, Node>
}

/** A form of the query protocol as the model's types. Unknown parameters are dropped. */
export function fromForm(shape: Shape, parameters: URLSearchParams): Record<string, unknown> {
  const root: Node = { children: new Map() }
  for (const [name, value] of parameters) {
    let node = root
    for (const step of name.split('.')) {
      const next = node.children.get(step) ?? { children: new Map() }
      node.children.set(step, next)
      node = next
    }
    node.value = value
  }
  return shape.kind === 'structure' ? structureFrom(shape.members, root) : {}
}

function structureFrom(members: readonly Member[], node: Node): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const member of members) {
    const child = node.children.get(nameOf(member))
    if (child) result[member.name] = fromNode(member, child)
  }
  return result
}

function fromNode(member: Member, node: Node): unknown {
  const { shape, traits } = member
  switch (shape.kind) {
    case 'structure':
      return structureFrom(shape.members, node)
    case 'list': {
      const source = traits.xmlFlattened ? node : (node.children.get(nameOf(shape.item)) ?? node.children.get('member'))
      return numbered(source).map(item => fromNode(shape.item, item))
    }
    case 'map': {
      const source = traits.xmlFlattened ? node : node.children.get('entry')
      return Object.fromEntries(
        numbered(source).map(entry => {
          const value = entry.children.get(nameOf(shape.value))
          return [entry.children.get(nameOf(shape.key))?.value ?? '', value && fromNode(shape.value, value)]
        }),
      )
    }
    default:
      if (node.value === undefined) throw serializationError(`${member.name} is not a structure`)
      return fromText(shape, node.value)
  }
}

const nameOf = (member: Member) => member.traits.xmlName ?? member.name

function numbered(node: Node | undefined): Node[] {
  return [...(node?.children ?? [])]
    .filter(([step]) => /^[1-9]\d*$/.test(step))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)
}
