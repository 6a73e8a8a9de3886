import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findInLog, firstError, matchFrom } from './findInLog.ts'

const lines = (...texts: string[]) => texts.map(plain => ({ plain }))

describe('searching a log', () => {
  it('finds every place, whatever the case', () => {
    expect(findInLog(lines('Error one', 'fine', 'an error, an ERROR'), 'error')).toEqual([
      { line: 0, from: 0, to: 5 },
      { line: 2, from: 3, to: 8 },
      { line: 2, from: 13, to: 18 },
    ])
    expect(findInLog(lines('a'), '')).toEqual([])
  })

  it('finds what is there, in order, and nothing else', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 })
    fc.assert(
      fc.property(
        fc.array(word),
        fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 2 }),
        (texts, query) => {
          const found = findInLog(lines(...texts), query)
          expect(found.every(({ line, from, to }) => texts[line]?.slice(from, to) === query)).toBe(true)
          expect(new Set(found.map(({ line }) => line))).toEqual(
            new Set(texts.flatMap((text, line) => (text.includes(query) ? [line] : []))),
          )
        },
      ),
    )
  })

  it('goes around the end in both directions', () => {
    const matches = findInLog(lines('x', 'x', 'x'), 'x')
    expect(matchFrom(matches, undefined, 1)).toBe(0)
    expect(matchFrom(matches, 2, 1)).toBe(0)
    expect(matchFrom(matches, 0, -1)).toBe(2)
    expect(matchFrom([], undefined, 1)).toBeUndefined()
  })
})

describe('the first error of a log', () => {
  it('is the failed test where its name is known', () => {
    const log = lines(
      'Downloading…',
      'error: retrying',
      '✔ refunds twice',
      '✖ captures once when the gateway repeats',
      '1 failed',
    )
    expect(firstError(log, ['capture › captures once when the gateway repeats'])).toBe(3)
  })

  it('is a runner’s cross or an exception rather than a line that only speaks of one', () => {
    expect(firstError(lines('will fail on error', 'ok 1 - a', 'not ok 2 - b'))).toBe(2)
    expect(firstError(lines('npm warn error prone', 'TypeError: x is not a function'))).toBe(1)
  })

  it('is not a count of no errors', () => {
    expect(firstError(lines('0 failed', 'errors: 0', 'no errors'))).toBeUndefined()
  })

  it('is the build’s own complaint where nothing else is', () => {
    expect(firstError(lines('[Container] Phase BUILD', 'sh: 1: tsc: command not found'))).toBe(1)
  })
})
