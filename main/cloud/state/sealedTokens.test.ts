import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { createSealedTokens } from './sealedTokens.ts'

const database = openDatabase(':memory:')
const tokens = createSealedTokens(database)
const request = { operation: 'ListThings', filter: 'a' }

describe('a page token', () => {
  it('gives its position back for the same request, whatever the page and after a restart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), position => {
        const token = tokens.seal(request, position)
        const again = { NextToken: token, filter: 'a', operation: 'ListThings', MaxResults: 5 }
        expect(createSealedTokens(database).open(again, token)).toBe(position)
      }),
    )
  })

  it('is refused for another request', () => {
    const token = tokens.seal(request, 'here')
    expect(tokens.open({ ...request, filter: 'b' }, token)).toBeUndefined()
  })

  it('is refused when anything of it was altered, added or taken away', () => {
    const token = tokens.seal(request, 'here')
    const anywhere = fc.nat({ max: token.length })
    fc.assert(
      fc.property(anywhere, anywhere, fc.string({ maxLength: 3 }), (from, until, put) => {
        const altered = token.slice(0, from) + put + token.slice(Math.max(from, until))
        fc.pre(altered !== token)
        expect(tokens.open(request, altered)).toBeUndefined()
      }),
    )
    for (const put of ['=', '!', '.', ' ', '\n', '.x']) {
      expect(tokens.open(request, token + put)).toBeUndefined()
      expect(tokens.open(request, token.replace('.', `${put}.`))).toBeUndefined()
    }
  })
})
