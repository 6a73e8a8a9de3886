import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionsMet, contextOf } from './conditions.ts'
import { parsePolicy } from './policy.ts'

type Values = Record<string, string | string[] | undefined>

function met(Condition: object, given: Values) {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition },
  })
  const [statement] = parsePolicy(text, 'identity').statements
  return conditionsMet(statement?.conditions ?? [], contextOf(given))
}

const cases: [condition: object, given: Values, result: string][] = [
  [{ StringEquals: { 'aws:username': 'ann' } }, { 'AWS:UserName': 'ann' }, 'met'],
  [{ StringEquals: { k: ['a', 'b'] } }, { k: 'b' }, 'met'],
  [{ StringEquals: { k: 'a' } }, { k: 'A' }, 'unmet'],
  [{ StringEquals: { k: 'a*' } }, { k: 'abc' }, 'unmet'],
  [{ StringEquals: { k: 'a' } }, {}, 'unmet'],
  [{ StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }, 'unmet'],
  [{ StringNotEquals: { k: ['a', 'b'] } }, { k: 'c' }, 'met'],
  [{ StringNotEquals: { k: 'a' } }, {}, 'met'],
  [{ StringEqualsIgnoreCase: { k: 'A' } }, { k: 'a' }, 'met'],
  [{ StringLike: { k: 'a*z' } }, { k: 'abcz' }, 'met'],
  [{ StringNotLike: { k: 'a*' } }, { k: 'abc' }, 'unmet'],
  [{ StringEquals: { k: 'a' }, StringLike: { l: '*' } }, { k: 'a' }, 'unmet'],
  [{ StringEqualsIfExists: { k: 'a' } }, {}, 'met'],
  [{ StringEqualsIfExists: { k: 'a' } }, { k: 'b' }, 'unmet'],
  [{ NumericLessThan: { k: 10 } }, { k: '9.5' }, 'met'],
  [{ NumericLessThan: { k: '10' } }, { k: 'ten' }, 'unmet'],
  [{ NumericGreaterThanEquals: { k: '10' } }, { k: '10' }, 'met'],
  [{ DateGreaterThan: { k: '2026-01-01T00:00:00Z' } }, { k: '2026-01-01T00:00:01Z' }, 'met'],
  [{ DateLessThan: { k: '2026-01-01T00:00:00Z' } }, { k: '1767225599' }, 'met'],
  [{ Bool: { 'aws:SecureTransport': true } }, { 'aws:SecureTransport': 'true' }, 'met'],
  [{ Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': 'false' }, 'unmet'],
  [{ IpAddress: { k: '10.0.0.0/8' } }, { k: '10.200.3.4' }, 'met'],
  [{ IpAddress: { k: ['192.168.0.0/16', '127.0.0.1'] } }, { k: '127.0.0.1' }, 'met'],
  [{ IpAddress: { k: '10.0.0.0/8' } }, { k: '11.0.0.1' }, 'unmet'],
  [{ NotIpAddress: { k: '10.0.0.0/8' } }, { k: '11.0.0.1' }, 'met'],
  [{ IpAddress: { k: '2001:db8::/32' } }, { k: '2001:db8:1::7' }, 'met'],
  [{ IpAddress: { k: '0.0.0.0/0' } }, { k: 'codepipeline.amazonaws.com' }, 'unmet'],
  [{ ArnLike: { k: 'arn:aws:iam::*:role/*' } }, { k: 'arn:aws:iam::1:role/a/b' }, 'met'],
  [{ ArnEquals: { k: 'arn:aws:iam::*:role/a' } }, { k: 'arn:aws:iam::1:2:role/a' }, 'unmet'],
  [{ ArnNotLike: { k: 'arn:aws:iam::1:*' } }, { k: 'arn:aws:iam::2:x' }, 'met'],
  [{ Null: { k: 'true' } }, {}, 'met'],
  [{ Null: { k: 'false' } }, {}, 'unmet'],
  [{ Null: { k: false } }, { k: 'x' }, 'met'],
  [{ 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'b'] }, 'met'],
  [{ 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'c'] }, 'unmet'],
  [{ 'ForAllValues:StringEquals': { k: ['a'] } }, {}, 'met'],
  [{ 'ForAnyValue:StringEquals': { k: ['a'] } }, { k: ['c', 'a'] }, 'met'],
  [{ 'ForAnyValue:StringEquals': { k: ['a'] } }, {}, 'unmet'],
  [{ 'ForAnyValue:StringNotEquals': { k: ['a'] } }, { k: ['a', 'b'] }, 'met'],
  [{ 'ForAllValues:StringNotEquals': { k: ['a'] } }, { k: ['a', 'b'] }, 'unmet'],
  [{ StringSortOf: { k: 'a' } }, { k: 'a' }, 'unknown'],
  [{ 'ForSomeValues:StringEquals': { k: 'a' } }, { k: 'a' }, 'unknown'],
  [{ constructor: { k: 'a' } }, { k: 'a' }, 'unknown'],
  [{ StringSortOf: { k: 'a' }, StringEquals: { k: 'b' } }, { k: 'a' }, 'unmet'],
]

it.each(cases)('%j given %j is %s', (condition, given, result) => {
  expect(met(condition, given)).toBe(result)
})

describe('a variable', () => {
  const variable = (name: string) => `$\{${name}}`

  it('stands for what the request says', () => {
    expect(met({ StringEquals: { k: variable('aws:username') } }, { k: 'ann', 'aws:username': 'ann' })).toBe('met')
    expect(met({ StringLike: { k: `${variable('aws:username')}-*` } }, { k: 'ann-1', 'aws:username': 'ann' })).toBe(
      'met',
    )
  })

  it('without a value matches nothing, unless it has a default', () => {
    expect(met({ StringLike: { k: `${variable('aws:username')}*` } }, { k: 'ann' })).toBe('unmet')
    expect(met({ StringEquals: { k: variable("aws:username, 'ann'") } }, { k: 'ann' })).toBe('met')
  })

  it('can write the characters that mean something', () => {
    expect(met({ StringEquals: { k: `a${variable('*')}` } }, { k: 'a*' })).toBe('met')
  })
})

it('an operator and its negation never agree on a value that is there', () => {
  const pairs = [
    ['StringEquals', 'StringNotEquals'],
    ['StringLike', 'StringNotLike'],
    ['NumericEquals', 'NumericNotEquals'],
    ['ArnLike', 'ArnNotLike'],
    ['IpAddress', 'NotIpAddress'],
  ] as const
  const value = fc.oneof(fc.constantFrom('1', '10.0.0.1', 'a*', 'arn:aws:iam::1:role/x'), fc.string({ maxLength: 6 }))
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      value,
      fc.array(value, { minLength: 1, maxLength: 3 }),
      ([plain, negated], given, wanted) => {
        expect(met({ [plain]: { k: wanted } }, { k: given })).not.toBe(met({ [negated]: { k: wanted } }, { k: given }))
      },
    ),
  )
})
