import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EntryFilter, EntryKind } from '../../../preload/contract/audit.ts'
import { diffLooks, ledgerQuery, looks, parseLedger, parseVersions, versionsQuery } from './auditQuery.ts'

const some = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { minLength: 1, maxLength: 4 })
const words = fc.string({ minLength: 1, maxLength: 40 })
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map(date => date.toISOString())
const filter: fc.Arbitrary<EntryFilter> = fc.record(
  {
    accounts: some(fc.stringMatching(/^\d{12}$/)),
    regions: some(fc.constantFrom('us-east-1', 'eu-central-1', 'ap-southeast-2')),
    pipelines: some(fc.stringMatching(/^[A-Za-z0-9.@\-_]{1,100}$/)),
    people: some(words),
    kinds: some(fc.constantFrom(...EntryKind.options)),
    names: some(words),
    executionId: words,
    from: instant,
    to: instant,
    refused: fc.boolean(),
    text: words,
  },
  { requiredKeys: [] },
)
const ledger = fc.record({
  filter,
  entry: fc.option(fc.maxSafeNat(), { nil: undefined }),
  look: fc.constantFrom(...looks),
})
const version = fc.option(fc.integer({ min: 1, max: 999_999 }), { nil: undefined })

describe('the address of the ledger', () => {
  it('is read back as what it was made of', () => {
    fc.assert(
      fc.property(ledger, view => {
        expect(parseLedger(ledgerQuery(view))).toEqual(view)
      }),
    )
  })

  it('is everything when it says nothing, or nonsense', () => {
    const plain = { filter: {}, entry: undefined, look: 'timeline' }
    expect(parseLedger('')).toEqual(plain)
    expect(parseLedger('kind=party&acct=7&from=march&refused=maybe&entry=x&look=round&pipeline=%2F')).toEqual(plain)
  })

  it('keeps what fits beside what does not', () => {
    expect(parseLedger('kind=party&kind=approval&q=gate').filter).toEqual({ kinds: ['approval'], text: 'gate' })
  })
})

describe('the address of a comparison', () => {
  it('is read back as what it was made of', () => {
    const view = fc.record({ from: version, to: version, look: fc.constantFrom(...diffLooks) })
    fc.assert(
      fc.property(view, asked => {
        expect(parseVersions(versionsQuery(asked))).toEqual(asked)
      }),
    )
  })

  it('compares the latest with the one before when it says nothing, or nonsense', () => {
    const plain = { from: undefined, to: undefined, look: 'words' }
    expect([parseVersions(''), parseVersions('from=0&to=x&look=y')]).toEqual([plain, plain])
  })
})
