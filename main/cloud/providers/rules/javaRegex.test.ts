import { describe, expect, it } from 'vitest'
import { javaMatches } from './javaRegex.ts'

describe('MATCHES', () => {
  it.each([
    ['main', 'main', true],
    ['main', 'main2', false],
    ['main|release', 'release', true],
    ['main|release', 'release2', false],
    ['release-\\d+', 'release-17', true],
    ['(?i)MAIN', 'main', true],
    ['.*', 'two\nlines', false],
    ['(?s).*', 'two\nlines', true],
    ['main', 'main\n', false],
    ['main\\Z', 'main', true],
    ['\\Qa.b\\E.*', 'a.bc', true],
    ['\\Qa.b\\E.*', 'axbc', false],
    ['\\p{Upper}\\p{Lower}+', 'Main', true],
    ['[\\p{Alpha}_]+', 'main_1', false],
    ['\\P{Digit}+', 'main', true],
    ['\\Amain\\z', 'main', true],
    ['(?<name>a+)b\\k<name>', 'aabaa', true],
    ['a(?=b)b', 'ab', true],
  ])('%j on %j is %s', (pattern, text, expected) => expect(javaMatches(pattern, text)).toBe(expected))

  it.each(['(', 'a)(b', '[a', 'a++', '[a&&b]', '[a[b]]', '\\p{IsLatin}', 'a(?i)b', '\\G', '*a'])(
    '%j is refused rather than taken for something else',
    pattern => expect(javaMatches(pattern, 'a')).toBeUndefined(),
  )

  it('gives a pattern up that would hold up the cloud', () => {
    expect(javaMatches('(a+)+b', 'a'.repeat(60))).toBeUndefined()
  })
})
