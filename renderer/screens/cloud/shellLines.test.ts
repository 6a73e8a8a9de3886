import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cloneLine, exportLines, shellWord } from './shellLines.ts'

/** A line's words as a POSIX shell reads them, as far as single quotes and `\'` go. */
function wordsOf(line: string): string[] {
  const parts = line.matchAll(/'([^']*)'|\\(.)|([^'\\ ]+)|( )/gs)
  const words = ['']
  for (const [, quoted, escaped, plain, blank] of parts) {
    if (blank !== undefined) words.push('')
    else words[words.length - 1] += quoted ?? escaped ?? plain ?? ''
  }
  return words
}

describe('lines for a shell', () => {
  it('reach the shell as they were meant, whatever is in a path', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), words => {
        expect(wordsOf(words.map(shellWord).join(' '))).toEqual(words)
      }),
    )
  })

  it('stay plain where nothing needs quoting', () => {
    expect(exportLines({ configFile: '/data/aws/config', credentialsFile: '/data/aws/credentials' })).toEqual([
      'export AWS_CONFIG_FILE=/data/aws/config',
      'export AWS_SHARED_CREDENTIALS_FILE=/data/aws/credentials',
    ])
  })

  it('hand git its helper as one word, even from a path with blanks', () => {
    expect(wordsOf(cloneLine('/my data/git', 'http://127.0.0.1:4/x'))).toEqual([
      'git',
      'clone',
      '-c',
      "credential.helper=store --file '/my data/git'",
      'http://127.0.0.1:4/x',
    ])
    expect(cloneLine('', 'http://127.0.0.1:4/x')).toBe('git clone http://127.0.0.1:4/x')
  })
})
