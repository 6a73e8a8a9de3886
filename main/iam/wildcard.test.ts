import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arnMatches, matches } from './wildcard.ts'

const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/'), maxLength: 12 })
const patterns = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 12 })

it('agrees with a regular expression on every pattern', () => {
  fc.assert(
    fc.property(patterns, letters, (pattern, text) => {
      const same = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
      expect(matches(pattern, text)).toBe(same.test(text))
    }),
    { numRuns: 2_000 },
  )
})

it('takes a text without wildcards as itself, whatever it contains', () => {
  const plain = fc.string().filter(text => !/[*?]/.test(text))
  fc.assert(
    fc.property(plain, text => {
      expect(matches(text, text)).toBe(true)
    }),
  )
})

it('does not stall on a pattern made to stall it', () => {
  expect(matches(`${'*a'.repeat(50)}b`, 'a'.repeat(10_000))).toBe(false)
})

it('never lets a wildcard reach over the first five colons of an ARN', () => {
  expect(arnMatches('arn:aws:s3:*:x', 'arn:aws:s3:::x')).toBe(false)
  expect(arnMatches('arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:us-east-1:1:log-group:a:log-stream:b')).toBe(true)
  expect(arnMatches('*', 'anything')).toBe(true)
})
