import { invalidParameter } from './refusals.ts'

interface Term {
  sign: 'all' | 'any' | 'not'
  text: string
}

/**
 * Reads a filter pattern over plain text (CloudWatch Logs user guide, filter pattern syntax): terms that must all be
 * there, `?term` of which one must, `-term` which must not; quotes around what is not a word; case matters.
 * Returns the test of a message.
 */
export function filterPattern(pattern: string | undefined): (message: string) => boolean {
  const trimmed = (pattern ?? '').trim()
  if (trimmed === '') return () => true
  if (/^[{[%]/.test(trimmed))
    throw invalidParameter(
      'Invalid filter pattern: the local cloud knows terms, quoted terms, ?term and -term, but neither JSON, [field] nor %regex% patterns.',
    )
  const terms = readTerms(trimmed)
  const all = terms.filter(term => term.sign === 'all')
  const not = terms.filter(term => term.sign === 'not')
  // AWS ignores `?` terms where others stand beside them.
  const any = all.length + not.length > 0 ? [] : terms.filter(term => term.sign === 'any')
  return message =>
    all.every(term => message.includes(term.text)) &&
    !not.some(term => message.includes(term.text)) &&
    (any.length === 0 || any.some(term => message.includes(term.text)))
}

function readTerms(pattern: string): Term[] {
  const terms: Term[] = []
  const next = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y
  while (next.lastIndex < pattern.length) {
    const at = next.lastIndex
    const match = next.exec(pattern)
    if (!match) throw invalidParameter(`Invalid filter pattern: a quote is not closed at position ${at + 1}.`)
    const [, sign, quoted, word] = match
    if (word !== undefined && !/^\w+$/u.test(word)) throw invalidParameter(`Invalid character(s) in term '${word}'`)
    const text = quoted === undefined ? (word ?? '') : quoted.replace(/\\(.)/g, '$1')
    terms.push({ sign: sign === '?' ? 'any' : sign === '-' ? 'not' : 'all', text })
  }
  return terms
}
