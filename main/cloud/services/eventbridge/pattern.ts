import { InvalidPattern } from './invalidPattern.ts'
import { type Matcher, matchesValue, readMatcher } from './matcher.ts'

export { InvalidPattern } from './invalidPattern.ts'

/** An event pattern ("Amazon EventBridge event patterns", user guide), read once. */
export interface Pattern {
  fields: ReadonlyMap<string, Field>
  /** One of each of these must match as well. */
  alternatives: readonly (readonly Pattern[])[]
}

type Field = { kind: 'nested'; pattern: Pattern } | { kind: 'leaf'; matchers: readonly Matcher[] }

/** Reads a pattern from its JSON text. Throws {@link InvalidPattern}. */
export function parsePattern(text: string): Pattern {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new InvalidPattern('Unexpected character in JSON')
  }
  return readPattern(value)
}

/** Also bounds how deep a pattern may go, so that none can exhaust the stack. */
function readPattern(value: unknown, depth = 0): Pattern {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidPattern('Filter is not an object')
  if (depth > 100) throw new InvalidPattern('Event pattern is nested too deeply')
  const fields = new Map<string, Field>()
  const alternatives: Pattern[][] = []
  for (const [key, of] of Object.entries(value)) {
    if (key === '$or' && isAlternatives(of)) alternatives.push(of.map(one => readPattern(one, depth + 1)))
    else if (Array.isArray(of)) fields.set(key, leafOf(of))
    else if (typeof of === 'object' && of !== null)
      fields.set(key, { kind: 'nested', pattern: readPattern(of, depth + 1) })
    else throw new InvalidPattern(`"${key}" must be an object or an array`)
  }
  if (fields.size === 0 && alternatives.length === 0) throw new InvalidPattern('Empty objects are not allowed')
  return { fields, alternatives }
}

const isAlternatives = (of: unknown): of is object[] =>
  Array.isArray(of) && of.length > 1 && of.every(one => typeof one === 'object' && one !== null)

function leafOf(of: readonly unknown[]): Field {
  if (of.length === 0) throw new InvalidPattern('Empty arrays are not allowed')
  return { kind: 'leaf', matchers: of.map(readMatcher) }
}

/** Whether an event is what the pattern describes: every field of it, and one of each alternative. */
export function matchesPattern({ fields, alternatives }: Pattern, event: object): boolean {
  for (const [key, field] of fields) {
    const value: unknown = Object.hasOwn(event, key) ? (event as Record<string, unknown>)[key] : undefined
    if (!matchesField(field, value)) return false
  }
  return alternatives.every(patterns => patterns.some(pattern => matchesPattern(pattern, event)))
}

function matchesField(field: Field, value: unknown): boolean {
  if (field.kind === 'nested') {
    // Of a list of objects one must match as a whole.
    if (Array.isArray(value)) return value.some(one => matchesField(field, one))
    return matchesPattern(field.pattern, typeof value === 'object' && value !== null ? value : {})
  }
  const leaves = leavesOf(value)
  return field.matchers.some(matcher =>
    matcher.kind === 'exists' ? matcher.wanted === leaves.length > 0 : leaves.some(leaf => matchesValue(matcher, leaf)),
  )
}

/** The values that a matcher sees: of a list each one, of an object none. */
function leavesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf)
  return value === undefined || (typeof value === 'object' && value !== null) ? [] : [value]
}
