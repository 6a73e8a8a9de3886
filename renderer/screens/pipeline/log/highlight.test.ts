import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findInLog } from './findInLog.ts'
import { highlight } from './highlight.ts'

describe('marking what was found', () => {
  it('cuts across colours', () => {
    const spans = [
      { text: 'not ', classes: [] },
      { text: 'okay', classes: ['red'] },
    ]
    expect(highlight(spans, [{ from: 2, to: 6, current: true }])).toEqual([
      { text: 'no', classes: [], hit: 'no' },
      { text: 't ', classes: [], hit: 'current' },
      { text: 'ok', classes: ['red'], hit: 'current' },
      { text: 'ay', classes: ['red'], hit: 'no' },
    ])
  })

  it('loses and invents no character, and marks just what the search found', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
    fc.assert(
      fc.property(fc.array(word), texts => {
        const plain = texts.join('')
        const marks = findInLog([{ plain }], 'ab').map(({ from, to }) => ({ from, to, current: false }))
        const pieces = highlight(
          texts.map(text => ({ text, classes: [] })),
          marks,
        )
        expect(pieces.map(({ text }) => text).join('')).toBe(plain)
        const marked = pieces.filter(({ hit }) => hit === 'found').map(({ text }) => text)
        expect(marked.join('')).toBe('ab'.repeat(marks.length))
      }),
    )
  })
})
