import { assertNever } from '../../../base/assertNever.ts'
import { InvalidPattern } from './invalidPattern.ts'

type Comparison = '<' | '<=' | '=' | '>' | '>='

/** What one leaf of an event may be. */
export type Matcher =
  | { kind: 'exactly'; value: string | number | boolean | null }
  | { kind: 'prefix' | 'suffix'; text: string; anyCase: boolean }
  | { kind: 'equalsIgnoreCase'; text: string }
  | { kind: 'wildcard'; parts: readonly string[] }
  | { kind: 'numeric'; bounds: readonly { than: Comparison; value: number }[] }
  | { kind: 'anythingBut'; matchers: readonly Matcher[] }
  | { kind: 'exists'; wanted: boolean }

/** Reads one element of a pattern's leaf. Throws {@link InvalidPattern}. */
export function readMatcher(of: unknown): Matcher {
  if (of === null || typeof of === 'string' || typeof of === 'number' || typeof of === 'boolean')
    return { kind: 'exactly', value: of }
  const [[name, value] = ['', undefined], ...more] =
    typeof of === 'object' && !Array.isArray(of) ? Object.entries(of) : []
  if (name === '' || more.length > 0) throw new InvalidPattern('Only one key allowed in match expression')
  switch (name) {
    case 'prefix':
    case 'suffix': {
      const anyCase = isObject(value)
      const text = anyCase ? value['equals-ignore-case'] : value
      return { kind: name, text: textIn(name, text), anyCase }
    }
    case 'equals-ignore-case':
      return { kind: 'equalsIgnoreCase', text: textIn(name, value).toLowerCase() }
    case 'wildcard':
      return wildcardOf(textIn(name, value))
    case 'numeric':
      return numericOf(value)
    case 'anything-but':
      return { kind: 'anythingBut', matchers: exceptions(value) }
    case 'exists':
      if (typeof value !== 'boolean') throw new InvalidPattern('exists match pattern must be either true or false.')
      return { kind: 'exists', wanted: value }
    default:
      throw new InvalidPattern(`Unrecognized match type ${name}`)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textIn(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new InvalidPattern(`${name} match pattern must be a string`)
}

/** The texts between the asterisks; `\*` is an asterisk of its own. */
function wildcardOf(text: string): Matcher {
  if (text.includes('**')) throw new InvalidPattern('Consecutive wildcard characters at pos 0')
  const parts = ['']
  for (const [piece] of text.matchAll(/\\[*\\]|\*|[^*\\]+|\\/g)) {
    if (piece === '*') parts.push('')
    else parts.push(`${parts.pop() ?? ''}${piece.length === 2 && piece.startsWith('\\') ? piece.slice(1) : piece}`)
  }
  return { kind: 'wildcard', parts }
}

function numericOf(value: unknown): Matcher {
  const tokens: readonly unknown[] = Array.isArray(value) ? value : []
  if (tokens.length !== 2 && tokens.length !== 4)
    throw new InvalidPattern('Value of numeric must be an array of one or two comparisons.')
  const bounds = Array.from({ length: tokens.length / 2 }, (_, index) => {
    const [than, bound] = [tokens[index * 2], tokens[index * 2 + 1]]
    if (!isComparison(than)) throw new InvalidPattern(`Unrecognized numeric range operator: ${String(than)}`)
    if (typeof bound !== 'number') throw new InvalidPattern('Value of a numeric comparison must be a number')
    return { than, value: bound }
  })
  return { kind: 'numeric', bounds }
}

const isComparison = (than: unknown): than is Comparison =>
  typeof than === 'string' && ['<', '<=', '=', '>', '>='].includes(than)

function exceptions(value: unknown): Matcher[] {
  const all: unknown[] = Array.isArray(value) ? value : [value]
  if (all.length === 0) throw new InvalidPattern('Empty arrays are not allowed')
  return all.flatMap(one => {
    // One operator may have several texts: {"anything-but": {"prefix": ["a", "b"]}}.
    const [[name, of] = ['', undefined]] = isObject(one) ? Object.entries(one) : []
    const spread: unknown[] =
      Array.isArray(of) && name !== 'numeric' ? of.map((text: unknown) => ({ [name]: text })) : [one]
    return spread.map(readMatcher)
  })
}

/** Whether a leaf's value (never an object or array) is what the matcher describes. */
export function matchesValue(matcher: Matcher, value: unknown): boolean {
  switch (matcher.kind) {
    case 'exactly':
      return value === matcher.value
    case 'prefix':
      return typeof value === 'string' && folded(value, matcher).startsWith(folded(matcher.text, matcher))
    case 'suffix':
      return typeof value === 'string' && folded(value, matcher).endsWith(folded(matcher.text, matcher))
    case 'equalsIgnoreCase':
      return typeof value === 'string' && value.toLowerCase() === matcher.text
    case 'wildcard':
      return typeof value === 'string' && fits(matcher.parts, value)
    case 'numeric':
      return typeof value === 'number' && matcher.bounds.every(bound => compares(value, bound))
    case 'anythingBut':
      return !matcher.matchers.some(except => matchesValue(except, value))
    case 'exists':
      return matcher.wanted
    default:
      return assertNever(matcher)
  }
}

const folded = (text: string, { anyCase }: { anyCase: boolean }) => (anyCase ? text.toLowerCase() : text)

/** Each part as early as it can be found: takes time in proportion to the text, whatever the pattern. */
function fits(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}

function compares(value: number, { than, value: bound }: { than: Comparison; value: number }): boolean {
  switch (than) {
    case '<':
      return value < bound
    case '<=':
      return value <= bound
    case '=':
      return value === bound
    case '>':
      return value > bound
    case '>=':
      return value >= bound
    default:
      return assertNever(than)
  }
}
