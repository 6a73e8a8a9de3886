import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from './canonical.ts'
import { createChainCheck, genesis, type Link, linked } from './chain.ts'

const account = '111122223333'

function chainOf(values: readonly unknown[], of = account): Link[] {
  let hash = genesis(of)
  return values.map((value, index) => {
    const seq = index + 1
    const record = canonical({ account: of, seq, value })
    hash = linked(hash, record)
    return { seq, hash, record }
  })
}

function faultOf(rows: readonly Link[], head: Link | undefined, anchor?: Link) {
  const check = createChainCheck(account, anchor)
  check.take(rows)
  check.end(head)
  return check.fault()
}

const values = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 30 })
const withPlace = values.chain(all => fc.tuple(fc.constant(all), fc.nat({ max: all.length - 1 })))

describe('an account’s chain', () => {
  it('fits as it was recorded', () => {
    fc.assert(
      fc.property(values, all => {
        expect(faultOf(chainOf(all), chainOf(all).at(-1))).toBeUndefined()
      }),
    )
  })

  it('shows any row whose record or hash was altered', () => {
    fc.assert(
      fc.property(withPlace, fc.jsonValue(), fc.boolean(), ([all, at], value, rehash) => {
        fc.pre(canonical(value) !== canonical(all[at]))
        const rows = chainOf(all)
        const record = canonical({ account, seq: at + 1, value })
        // Whoever hashes the altered row anew has its successor, or the kept end, against them.
        const hash = rehash ? linked(rows[at - 1]?.hash ?? genesis(account), record) : (rows[at]?.hash ?? '')
        const altered = rows.map((row, index) => (index === at ? { ...row, record, hash } : row))
        expect(faultOf(altered, rows.at(-1))?.kind).toBe('altered')
      }),
    )
  })

  it('shows any row that was removed, at the end as well', () => {
    fc.assert(
      fc.property(withPlace, ([all, at]) => {
        const rows = chainOf(all)
        const fault = faultOf(rows.toSpliced(at, 1), rows.at(-1))
        expect(fault).toMatchObject({ kind: at === rows.length - 1 ? 'truncated' : 'missing', seq: at + 1 })
      }),
    )
  })

  it('shows rows that changed places, whether they kept their numbers or not', () => {
    fc.assert(
      fc.property(withPlace, fc.nat(), fc.boolean(), ([all, a], other, renumber) => {
        const rows = chainOf(all)
        const b = other % rows.length
        const [first, second] = [rows[a], rows[b]]
        fc.pre(a !== b && first !== undefined && second !== undefined)
        const swapped = rows.map((row, index) => (index === a ? second : index === b ? first : row))
        const kept = renumber ? swapped.map((row, index) => ({ ...row, seq: index + 1 })) : swapped
        expect(faultOf(kept, rows.at(-1))?.kind).toMatch(/reordered|missing/)
      }),
    )
  })

  it('shows a chain cut short together with its end, and one written anew, by a head kept elsewhere', () => {
    fc.assert(
      fc.property(withPlace, ([all, at]) => {
        const rows = chainOf(all)
        const [kept, cut] = [rows.at(-1), rows.slice(0, at)]
        expect(faultOf(cut, cut.at(-1), kept)).toMatchObject({ kind: 'truncated', seq: at + 1 })
        const anew = chainOf(all.map(value => ({ instead: value })))
        expect(faultOf(anew, anew.at(-1), kept)?.kind).toBe('anchorDiffers')
        // A longer chain runs through the head that was kept.
        const longer = chainOf([...all, 'more'])
        expect(faultOf(longer, longer.at(-1), kept)).toBeUndefined()
      }),
    )
  })

  it('is no other account’s', () => {
    const rows = chainOf(['a'], '999988887777')
    expect(faultOf(rows, rows.at(-1))?.kind).toBe('reordered')
  })

  it('hashes the same record the same, however its members are ordered', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), object => {
        const turned = Object.fromEntries(Object.entries(object).reverse())
        expect(canonical(turned)).toBe(canonical(object))
        expect(JSON.parse(canonical(object))).toEqual(JSON.parse(JSON.stringify(object)))
      }),
    )
  })
})
