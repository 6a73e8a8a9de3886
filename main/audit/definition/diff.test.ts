import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Declaration } from '../../../preload/contract/declaration.ts'
import { DefinitionChange } from '../../../preload/contract/definitionChange.ts'
import { applied } from './apply.ts'
import { arbitraryDeclaration } from './declaration.testing.ts'
import { diff } from './diff.ts'
import { normal } from './normal.ts'

describe('the difference of two definitions', () => {
  it('applied to the first gives the second, whatever they are', () => {
    fc.assert(
      fc.property(arbitraryDeclaration, arbitraryDeclaration, (a, b) => {
        expect(applied(normal(a), diff(a, b))).toEqual(normal(b))
      }),
      { numRuns: 400 },
    )
  })

  it('of a definition and itself is nothing, and every step crosses to the page as it is', () => {
    fc.assert(
      fc.property(arbitraryDeclaration, arbitraryDeclaration, (a, b) => {
        expect(diff(a, a)).toEqual([])
        for (const change of diff(a, b)) expect(DefinitionChange.parse(change)).toEqual(change)
        expect(Declaration.parse(a)).toEqual(a)
      }),
      { numRuns: 100 },
    )
  })
})
