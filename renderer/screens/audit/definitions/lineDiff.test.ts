import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineDiff } from './lineDiff.ts'
import { folded, paired } from './pairs.ts'

const text = fc.array(fc.constantFrom('a', 'b', 'c', '{', '}'), { maxLength: 30 }).map(lines => lines.join('\n'))
const side = (lines: ReturnType<typeof lineDiff>, other: 'old' | 'new') =>
  lines
    .filter(line => line.side !== other)
    .map(line => line.text)
    .join('\n')

describe('the difference of two texts', () => {
  it('holds both of them whole', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after)
        expect([side(lines, 'new'), side(lines, 'old')]).toEqual([before, after])
      }),
    )
  })

  it('is nothing but common lines where they are the same', () => {
    fc.assert(
      fc.property(text, same => {
        expect(lineDiff(same, same).every(line => line.side === 'both')).toBe(true)
      }),
    )
  })

  it('says an insertion and a removal as such', () => {
    expect(lineDiff('a\nb\nc', 'a\nc\nd').map(({ side, text }) => `${side} ${text}`)).toEqual([
      'both a',
      'old b',
      'both c',
      'new d',
    ])
  })
})

describe('two texts beside each other', () => {
  it('fold what is the same and far from any difference, and lose no line by it', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pairs = paired(lineDiff(before, after))
        const rows = folded(pairs)
        const lines = rows.reduce<number>((sum, row) => sum + (typeof row === 'number' ? row : 1), 0)
        expect(lines).toBe(pairs.length)
        const kept = rows.filter(row => typeof row !== 'number')
        const differences = pairs.filter(({ left }) => left?.side !== 'both')
        expect(kept).toEqual(expect.arrayContaining(differences))
      }),
    )
  })

  it('put what was removed beside what came instead', () => {
    const [, changed] = paired(lineDiff('{\n"a"\n}', '{\n"b"\n}'))
    expect([changed?.left?.text, changed?.right?.text]).toEqual(['"a"', '"b"'])
  })
})
