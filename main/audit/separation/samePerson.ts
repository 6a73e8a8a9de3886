/** A name as words: "Ann Keller", `ann.keller` and `ann.keller@example.com` are the same two. */
const wordsOf = (name: string): string[] =>
  (
    name
      .toLowerCase()
      .replace(/<[^>]*>/g, '')
      .split('@')[0] ?? ''
  )
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()

/**
 * Whether a commit's author and a caller's name may be one person: git and AWS know people by different names. The same
 * words in any order; one word alone must be the whole of both.
 */
export function samePerson(a: string, b: string): boolean {
  const [mine, theirs] = [wordsOf(a), wordsOf(b)]
  return mine.length > 0 && mine.join(' ') === theirs.join(' ')
}
