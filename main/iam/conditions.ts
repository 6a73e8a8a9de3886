import type { Condition } from './policy.ts'
import { arnMatches, matches } from './wildcard.ts'

/** What is known of the request, by condition key in lower case (`aws:sourceip`). Several values for a multi-valued key. */
export type Context = ReadonlyMap<string, readonly string[]>

/** Makes a {@link Context}: keys lose their case, absent values are absent keys. */
export function contextOf(entries: Readonly<Record<string, string | readonly string[] | undefined>>): Context {
  const context = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(entries)) {
    if (value !== undefined) context.set(key.toLowerCase(), typeof value === 'string' ? [value] : value)
  }
  return context
}

/** `unknown` where the evaluator does not know the operator: it must neither allow nor fail to deny. */
export type ConditionResult = 'met' | 'unmet' | 'unknown'

/** All conditions of a statement together. */
export function conditionsMet(conditions: readonly Condition[], context: Context): ConditionResult {
  let result: ConditionResult = 'met'
  for (const condition of conditions) {
    const one = conditionMet(condition, context)
    if (one === 'unmet') return 'unmet'
    if (one === 'unknown') result = 'unknown'
  }
  return result
}

type Test = (wanted: string, given: string) => boolean

function conditionMet({ operator, key, values }: Condition, context: Context): ConditionResult {
  const { quantifier, name, ifExists } = partsOf(operator)
  const given = context.get(key.toLowerCase())
  if (name === 'Null') return verdict(values.some(value => (value === 'true') === (given === undefined)))
  const found = tests[name]
  if (!found) return 'unknown'
  if (ifExists && given === undefined) return 'met'
  const { test, negated } = found
  const wanted = values.map(value => substitute(value, context))
  // One value of the request against all of the policy's: any of them for a plain operator, none of them for a negated.
  const holds = (value: string) => wanted.some(want => want !== undefined && test(want, value)) !== negated
  switch (quantifier) {
    case 'ForAllValues':
      return verdict((given ?? []).every(holds))
    case 'ForAnyValue':
      return verdict((given ?? []).some(holds))
    case undefined:
      // A negated operator is met by a key that is not there; a plain one is not.
      return verdict(given === undefined ? negated : given.some(holds))
  }
}

const verdict = (met: boolean): ConditionResult => (met ? 'met' : 'unmet')

function partsOf(operator: string) {
  const [, quantifier, name = operator, exists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? []
  const known = quantifier === 'ForAllValues' || quantifier === 'ForAnyValue' ? quantifier : undefined
  return { quantifier: known, name, ifExists: exists !== undefined } as const
}

/** `${aws:username}` and its like stand for what the request says; a variable without a value matches nothing. */
export function substitute(text: string, context: Context): string | undefined {
  let missing = false
  const result = text.replace(/\$\{([^}]+)\}/g, (_all, name: string) => {
    if (name === '*' || name === '?' || name === '$') return name
    const [key = '', fallback] = name.split(/,\s*/)
    const value = context.get(key.trim().toLowerCase())
    const text = value?.length === 1 ? value[0] : fallback?.replace(/^'|'$/g, '')
    missing ||= text === undefined
    return text ?? ''
  })
  return missing ? undefined : result
}

const both = (name: string, negatedName: string, test: Test) => ({
  [name]: { test, negated: false },
  [negatedName]: { test, negated: true },
})

const numbers =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (wanted, given) => {
    const [a, b] = [Number(given), Number(wanted)]
    return given.trim() !== '' && wanted.trim() !== '' && !Number.isNaN(a) && !Number.isNaN(b) && compare(a, b)
  }

const dates =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (wanted, given) => {
    const [a, b] = [timeOf(given), timeOf(wanted)]
    return !Number.isNaN(a) && !Number.isNaN(b) && compare(a, b)
  }

const timeOf = (text: string) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text))

const tests: Readonly<Record<string, { test: Test; negated: boolean }>> = {
  __proto__: null as never,
  ...both('StringEquals', 'StringNotEquals', (wanted, given) => wanted === given),
  ...both(
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  ),
  ...both('StringLike', 'StringNotLike', matches),
  ...both('ArnEquals', 'ArnNotEquals', arnMatches),
  ...both('ArnLike', 'ArnNotLike', arnMatches),
  ...both(
    'NumericEquals',
    'NumericNotEquals',
    numbers((a, b) => a === b),
  ),
  ...both(
    'DateEquals',
    'DateNotEquals',
    dates((a, b) => a === b),
  ),
  ...both('IpAddress', 'NotIpAddress', inRange),
  NumericLessThan: { test: numbers((a, b) => a < b), negated: false },
  NumericLessThanEquals: { test: numbers((a, b) => a <= b), negated: false },
  NumericGreaterThan: { test: numbers((a, b) => a > b), negated: false },
  NumericGreaterThanEquals: { test: numbers((a, b) => a >= b), negated: false },
  DateLessThan: { test: dates((a, b) => a < b), negated: false },
  DateLessThanEquals: { test: dates((a, b) => a <= b), negated: false },
  DateGreaterThan: { test: dates((a, b) => a > b), negated: false },
  DateGreaterThanEquals: { test: dates((a, b) => a >= b), negated: false },
  Bool: { test: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(), negated: false },
  BinaryEquals: { test: (wanted, given) => wanted === given, negated: false },
}

/** IPv4 and IPv6 CIDR blocks; an address that cannot be read is in no block. */
function inRange(block: string, address: string): boolean {
  const [base = '', length] = block.split('/')
  const [a, b] = [bitsOf(base), bitsOf(address)]
  if (a === undefined || b === undefined || a.length !== b.length) return false
  const prefix = length === undefined ? a.length : Number(length)
  return Number.isInteger(prefix) && prefix >= 0 && prefix <= a.length && a.slice(0, prefix) === b.slice(0, prefix)
}

function bitsOf(address: string): string | undefined {
  if (address.includes('.')) {
    const bytes = address.split('.')
    if (bytes.length !== 4 || bytes.some(byte => !/^\d{1,3}$/.test(byte) || Number(byte) > 255)) return undefined
    return bytes.map(byte => Number(byte).toString(2).padStart(8, '0')).join('')
  }
  const [head = '', tail, ...more] = address.split('::')
  if (more.length > 0) return undefined
  const [left, right] = [head, tail ?? ''].map(part => (part === '' ? [] : part.split(':')))
  const groups = tail === undefined ? left : [...(left ?? []), ...zeros(left, right), ...(right ?? [])]
  if (groups?.length !== 8 || groups.some(group => !/^[\da-f]{1,4}$/i.test(group))) return undefined
  return groups.map(group => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}

const zeros = (left: readonly string[] = [], right: readonly string[] = []) =>
  Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
