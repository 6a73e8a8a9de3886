import { describe, expect, it } from 'vitest'
import { rank, score } from './rank.ts'

const names = ['network-baseline', 'webshop-release', 'web', 'payments-web-tests']
const best = (query: string, most = 10) => rank(query, names, name => name, most)

describe('the palette’s ranking', () => {
  it('puts what begins with the query first, then what has a word that does', () => {
    expect(best('web')).toEqual(['web', 'webshop-release', 'payments-web-tests'])
  })

  it('wants every word, in any order', () => {
    expect(best('tests pay')).toEqual(['payments-web-tests'])
    expect(score('web nothing', 'webshop')).toBeUndefined()
  })

  it('keeps the given order while nothing is typed, and never gives more than asked', () => {
    expect(best(' ', 2)).toEqual(['network-baseline', 'webshop-release'])
    expect(best('e', 1)).toHaveLength(1)
  })
})
