import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditPages, hashOf, parseHash, type Route } from './routeHash.ts'

const key = fc.record({
  account: fc.stringMatching(/^\d{12}$/),
  region: fc.constantFrom('us-east-1', 'eu-west-1', 'us-gov-west-1'),
  name: fc.stringMatching(/^[A-Za-z0-9.@\-_]{1,100}$/),
})
const query = fc.dictionary(fc.string(), fc.string()).map(members => `${new URLSearchParams(members)}`)

const route: fc.Arbitrary<Route> = fc.oneof(
  fc.record({
    screen: fc.constant('fleet' as const),
    filter: fc.string({ unit: 'binary' }).map(s => s.toWellFormed()),
  }),
  fc.record({
    screen: fc.constant('pipeline' as const),
    key,
    of: fc.oneof(fc.constant('now'), fc.uuid()),
  }),
  fc.record({ screen: fc.constant('audit' as const), page: fc.constantFrom(...auditPages), query }),
  fc.record({ screen: fc.constant('audit' as const), page: fc.constant('definitions' as const), key, query }),
  fc.record({ screen: fc.constantFrom('insights' as const, 'cost' as const), query }),
  fc.constantFrom({ screen: 'cloud' as const }, { screen: 'accounts' as const }, { screen: 'settings' as const }),
)

describe('addresses', () => {
  it('are read back as the place that they were made of', () => {
    fc.assert(
      fc.property(route, place => {
        expect(parseHash(hashOf(place))).toEqual(place)
      }),
    )
  })

  it('never throw, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(parseHash(`#/${text}`)).toHaveProperty('screen')
      }),
    )
  })

  it('lead to the fleet when empty, and to a page that says so when unknown', () => {
    expect(parseHash('')).toEqual({ screen: 'fleet', filter: '' })
    expect(parseHash('#/')).toEqual({ screen: 'fleet', filter: '' })
    for (const hash of [
      '#/approvals',
      '#/pipeline/1/us-east-1/x',
      '#/pipeline/111122223333/us-east-1',
      '#/fleet/x',
      '#/%E0%A4%A',
    ]) {
      expect(parseHash(hash)).toEqual({ screen: 'unknown', hash })
    }
  })
})
