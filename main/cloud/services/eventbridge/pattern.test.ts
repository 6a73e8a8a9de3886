import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidPattern, matchesPattern, parsePattern } from './pattern.ts'

const matches = (pattern: unknown, event: object) => matchesPattern(parsePattern(JSON.stringify(pattern)), event)
const detail = (matcher: unknown, value: unknown) => matches({ detail: { x: [matcher] } }, { detail: { x: value } })

describe('a pattern', () => {
  it.each([
    ['a text', 'a', 'a', 'b'],
    ['a number, never the text of it', 1, 1, '1'],
    ['null, which is not absence', null, null, ''],
    ['a prefix', { prefix: 'us-' }, 'us-east-1', 'eu-west-1'],
    ['a prefix in any case', { prefix: { 'equals-ignore-case': 'US-' } }, 'us-east-1', 'eu-west-1'],
    ['a suffix', { suffix: '.png' }, 'a.png', 'a.png.txt'],
    ['a text in any case', { 'equals-ignore-case': 'Failed' }, 'FAILED', 'SUCCEEDED'],
    ['anything but a text', { 'anything-but': 'FAILED' }, 'SUCCEEDED', 'FAILED'],
    ['anything but one of a list', { 'anything-but': [1, 'a'] }, 2, 1],
    ['anything but a prefix', { 'anything-but': { prefix: 'tmp/' } }, 'src/a', 'tmp/a'],
    ['anything but several suffixes', { 'anything-but': { suffix: ['.md', '.txt'] } }, 'a.ts', 'a.md'],
    ['a range of numbers', { numeric: ['>', 0, '<=', 5] }, 5, 0],
    ['a number by comparison', { numeric: ['=', 3e2] }, 300, 301],
    ['a wildcard', { wildcard: 'a*b*c' }, 'aXbYc', 'aXcYb'],
    ['a wildcard with an asterisk of its own', { wildcard: 'a\\*b' }, 'a*b', 'aXb'],
  ])('knows %s', (_what, matcher, yes, no) => {
    expect([detail(matcher, yes), detail(matcher, no)]).toEqual([true, false])
  })

  it('tells what is there from what is not', () => {
    const there = { detail: { x: [{ exists: true }] } }
    const absent = { detail: { x: [{ exists: false }] } }
    expect([matches(there, { detail: { x: null } }), matches(there, { detail: {} }), matches(there, {})]).toEqual([
      true,
      false,
      false,
    ])
    expect([matches(absent, { detail: { x: 1 } }), matches(absent, { detail: {} }), matches(absent, {})]).toEqual([
      false,
      true,
      true,
    ])
  })

  it('asks for every field, one value of each, and one of the alternatives', () => {
    const pattern = { source: ['a', 'b'], $or: [{ kind: ['x'] }, { size: [{ numeric: ['>', 9] }] }] }
    expect(matches(pattern, { source: 'b', kind: 'x' })).toBe(true)
    expect(matches(pattern, { source: 'b', kind: 'y', size: 10 })).toBe(true)
    expect(matches(pattern, { source: 'b', kind: 'y', size: 9 })).toBe(false)
    expect(matches(pattern, { kind: 'x' })).toBe(false)
  })

  it('is met by one element of a list, and by one object of a list as a whole', () => {
    expect(matches({ tags: ['b'] }, { tags: ['a', 'b'] })).toBe(true)
    const pattern = { rows: { a: [1], b: [2] } }
    expect(matches(pattern, { rows: [{ a: 1, b: 2 }] })).toBe(true)
    expect(
      matches(pattern, {
        rows: [
          { a: 1, b: 3 },
          { a: 4, b: 2 },
        ],
      }),
    ).toBe(false)
  })

  it('is refused where it is none, with the reason', () => {
    for (const text of [
      '',
      '[]',
      '{}',
      '{"a":"b"}',
      '{"a":[]}',
      '{"a":[{"prefix":1}]}',
      '{"a":[{"numeric":["<"]}]}',
      '{"a":[{"unknown":"b"}]}',
      '{"a":[{"exists":"yes"}]}',
      '{"a":[{"wildcard":"a**b"}]}',
      `${'{"a":'.repeat(200)}["x"]${'}'.repeat(200)}`,
    ])
      expect(() => parsePattern(text)).toThrow(InvalidPattern)
  })
})

describe('for any event', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
  const name = fc.string({ minLength: 1 }).filter(key => key !== '$or' && key !== '__proto__')
  const event = fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf, { minKeys: 1 })), { minKeys: 1 })
  /** The pattern that says exactly what an event says. */
  const exactly = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, of]) => [key, exactly(of)]))
      : [value]

  it('the pattern of itself matches, and no pattern that asks for more', () => {
    fc.assert(
      fc.property(event, name, (of, extra) => {
        const pattern = exactly(of) as object
        expect(matches(pattern, of)).toBe(true)
        const more = { ...pattern, [`${extra} and one more`.repeat(9)]: [{ exists: true }] }
        expect(matches(more, of)).toBe(false)
      }),
    )
  })

  it('a text has its own prefixes, suffixes and wildcards, and anything-but is the opposite', () => {
    const plain = fc.string().filter(text => !/[*\\]/.test(text))
    fc.assert(
      fc.property(plain, plain, plain, (a, b, c) => {
        const text = a + b + c
        expect(detail({ prefix: a }, text)).toBe(true)
        expect(detail({ suffix: c }, text)).toBe(true)
        expect(detail({ wildcard: `${a}*${c}` }, text)).toBe(true)
        expect(detail({ wildcard: '*' }, text)).toBe(true)
        for (const matcher of [{ prefix: b }, { suffix: b }, { wildcard: `${b}*` }])
          expect(detail({ 'anything-but': matcher }, text)).toBe(!detail(matcher, text))
      }),
    )
  })

  it('a range of numbers holds what lies within it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (low, high, value) => {
        expect(detail({ numeric: ['>=', low, '<', high] }, value)).toBe(value >= low && value < high)
      }),
    )
  })
})
