import { describe, expect, it } from 'vitest'
import { csvOf } from './csv.ts'

describe('a table as CSV', () => {
  it('quotes what must be, and leaves what is not known empty', () => {
    expect(
      csvOf(
        ['name', 'minutes'],
        [
          ['a "b", c', 2.5],
          ['d', undefined],
        ],
      ),
    ).toBe('name,minutes\r\n"a ""b"", c",2.5\r\nd,\r\n')
  })

  it('lets no text be taken for a formula, and leaves numbers numbers', () => {
    expect(csvOf(['x'], [['=1+1'], [-3]])).toBe("x\r\n'=1+1\r\n-3\r\n")
  })
})
