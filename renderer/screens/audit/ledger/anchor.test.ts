import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorText, readAnchor } from './anchor.ts'

describe('an anchor', () => {
  it('is read back as it was copied, with the space around it', () => {
    const anchor = fc.record({
      account: fc.stringMatching(/^\d{12}$/),
      seq: fc.integer({ min: 1, max: 1e9 }),
      hash: fc.stringMatching(/^[0-9a-f]{64}$/),
    })
    fc.assert(
      fc.property(anchor, kept => {
        expect(readAnchor(` ${anchorText(kept)}\n`)).toEqual(kept)
      }),
    )
  })

  it('is refused where a part is missing or is something else', () => {
    const hash = 'a'.repeat(64)
    for (const text of [
      '',
      hash,
      `111122223333/${hash}`,
      `111122223333/0/${hash}`,
      `1/2/${hash}`,
      `111122223333/2/${hash}/`,
    ])
      expect(readAnchor(text)).toBeUndefined()
  })
})
