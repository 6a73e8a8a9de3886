import { describe, expect, it } from 'vitest'
import { newest } from './newest.ts'

describe('what was put newest', () => {
  it('stays, and what was put longest ago goes', () => {
    const kept = newest<number>(2)
    for (const [index, id] of ['a', 'b', 'a', 'c'].entries()) kept.put(id, index)
    expect(['a', 'b', 'c'].map(id => kept.get(id))).toEqual([2, undefined, 3])
    kept.delete('a')
    expect(kept.has('a')).toBe(false)
  })
})
