import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invented } from '../invented.testing.ts'
import { matcher } from './match.ts'
import { asksFor, filterKeys, parseFilter, printFilter, type Term, toggleValue } from './parse.ts'

const value = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 })
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ values: fc.tuple(value), negated: fc.boolean() }),
  fc.record({
    key: fc.constantFrom(...filterKeys.filter(key => key !== 'state')),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
    negated: fc.boolean(),
  }),
  fc.record({
    key: fc.constant('state' as const),
    values: fc.tuple(fc.constantFrom('failed', 'not-run', 'OK')),
    negated: fc.boolean(),
  }),
)

const rows = [
  invented({ name: 'payments-release', state: 'failed', accountName: 'production' }),
  invented({
    name: 'search-index',
    state: 'running',
    accountName: 'staging',
    account: '444455556666',
    region: 'eu-west-1',
    revision: { id: 'c02d9f4', summary: 'Rank exact SKU first', author: 'ben' },
    stages: [
      ['Source', 'succeeded'],
      ['Build', 'running'],
      ['Go live', 'notRun'],
    ],
  }),
]
const found = (text: string) => rows.filter(matcher(parseFilter(text))).map(({ key }) => key.name)

describe('the filter', () => {
  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 5 }), terms => {
        expect(parseFilter(printFilter(terms))).toEqual({ terms, problems: [] })
      }),
    )
  })

  it('never throws, and points problems into the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        for (const { at, length } of parseFilter(text).problems) {
          expect(at).toBeGreaterThanOrEqual(0)
          expect(length).toBeGreaterThan(0)
          expect(at + length).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })

  it('finds by key, by words, and by neither', () => {
    expect(found('')).toEqual(['payments-release', 'search-index'])
    expect(found('acct:prod')).toEqual(['payments-release'])
    expect(found('acct:444455556666')).toEqual(['search-index'])
    expect(found('region:eu')).toEqual(['search-index'])
    expect(found('state:failed')).toEqual(['payments-release'])
    expect(found('state:failed,running')).toEqual(['payments-release', 'search-index'])
    expect(found('by:ben')).toEqual(['search-index'])
    expect(found('commit:c02')).toEqual(['search-index'])
    expect(found('commit:02d')).toEqual([])
    expect(found('"exact sku"')).toEqual(['search-index'])
    expect(found('release acct:staging')).toEqual([])
  })

  it('finds by the stage where a pipeline stands, not by those that it has', () => {
    expect(found('stage:build')).toEqual(['payments-release', 'search-index'])
    expect(found('stage:source')).toEqual([])
    expect(found('stage:"go live"')).toEqual([])
  })

  it('negates in front of the key or of the value', () => {
    expect(found('!state:failed')).toEqual(['search-index'])
    expect(found('state:!failed')).toEqual(['search-index'])
    expect(found('!payments')).toEqual(['search-index'])
    expect(found('acct:*')).toEqual(['payments-release', 'search-index'])
    expect(found('acct:st*')).toEqual(['search-index'])
  })

  it('says which key was meant, and goes on with the rest', () => {
    const { problems, terms } = parseFilter('author:ben state:failed')
    expect(problems[0]).toMatchObject({ at: 0, length: 10 })
    expect(problems[0]?.message).toContain('Did you mean “by:”?')
    expect(terms).toEqual([{ key: 'state', values: ['failed'], negated: false }])
  })

  it('names the states when one is misspelt', () => {
    expect(parseFilter('state:faild').problems[0]?.message).toContain('succeeded, failed, running')
  })

  it('asks for nothing while a key has no value yet, and takes an open quote as it comes', () => {
    expect(found('acct:')).toHaveLength(2)
    expect(found('acct:"prod')).toEqual(['payments-release'])
  })

  it('is switched value by value from the counts and the rail', () => {
    expect(toggleValue('', 'state', 'failed')).toBe('state:failed')
    expect(toggleValue('state:failed', 'state', 'failed')).toBe('')
    expect(toggleValue('state:failed web', 'state', 'running')).toBe('state:running web')
    expect(asksFor('web state:Failed', 'state', 'failed')).toBe(true)
    expect(asksFor('!state:failed', 'state', 'failed')).toBe(false)
  })
})
