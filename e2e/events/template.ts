import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CollectionTag, parse, type ScalarTag } from 'yaml'
import { z } from 'zod'

/** A function of CloudFormation as `yaml` reads its short form: `!GetAtt Bus.Arn` → `{ 'Fn::GetAtt': 'Bus.Arn' }`. */
const long = (tag: string) => (tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`)
const scalar = (name: string): ScalarTag => ({
  tag: `!${name}`,
  resolve: text => ({ [long(name)]: text }),
})
const list = (name: string): CollectionTag => ({
  tag: `!${name}`,
  collection: 'seq',
  resolve: items => ({ [long(name)]: 'toJSON' in items ? items.toJSON() : items }),
})
const customTags = [...['Ref', 'GetAtt', 'Condition'].map(scalar), ...['If', 'Equals', 'Not', 'And', 'Join'].map(list)]

const resource = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()),
})
const template = z.object({
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.unknown() })),
  Conditions: z.record(z.string(), z.unknown()),
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.object({ Condition: z.string().optional(), Value: z.unknown() })),
})
export type Resource = z.infer<typeof resource>
export type Template = z.infer<typeof template>

export function readTemplate(): Template {
  const file = join(import.meta.dirname, '../../resources/events.cfn.yaml')
  return template.parse(parse(readFileSync(file, 'utf8'), { customTags }))
}

/** What a stack's functions stand for. */
export interface Scope {
  parameters: Record<string, unknown>
  conditions: Record<string, unknown>
  /** `Bus` and `Bus.Arn` of what was made. */
  made: Map<string, string>
}

/** The value with its functions put in; those that the template uses, no others. */
export function resolved(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map(item => resolved(item, scope))
  if (typeof value !== 'object' || value === null) return value
  const [[name, argument] = ['', undefined], ...more] = Object.entries(value)
  const all = () =>
    z
      .array(z.unknown())
      .parse(argument)
      .map(item => resolved(item, scope))
  if (more.length === 0) {
    switch (name) {
      case 'Ref': {
        const ref = z.string().parse(argument)
        return ref in scope.parameters ? scope.parameters[ref] : known(scope, ref)
      }
      case 'Fn::GetAtt':
        return known(scope, z.string().parse(argument))
      case 'Condition':
        return z.string().safeParse(argument).success ? holds(z.string().parse(argument), scope) : value
      case 'Fn::If': {
        const [condition, yes, no] = z.tuple([z.string(), z.unknown(), z.unknown()]).parse(argument)
        return resolved(holds(condition, scope) ? yes : no, scope)
      }
      case 'Fn::Equals': {
        const [a, b] = all()
        return a === b
      }
      case 'Fn::Not':
        return !all()[0]
      case 'Fn::And':
        return all().every(Boolean)
      case 'Fn::Join': {
        const [separator, parts] = z.tuple([z.string(), z.array(z.string())]).parse(all())
        return parts.join(separator)
      }
    }
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, scope)]))
}

export const holds = (condition: string, scope: Scope): boolean => resolved(scope.conditions[condition], scope) === true

function known({ made }: Scope, name: string): string {
  const value = made.get(name)
  if (value === undefined) throw new Error(`${name} is used before it is made`)
  return value
}
