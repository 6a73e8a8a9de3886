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

/** Whether two names that AWS has for callers may be one person's. The same words in any order. */
export function samePerson(a: string, b: string): boolean {
  const [mine, theirs] = [wordsOf(a), wordsOf(b)]
  return mine.length > 0 && mine.join(' ') === theirs.join(' ')
}

/** A commit's author as git has them: `Ann Keller <ann@corp.example>`, in one text or in two. */
export interface Committer {
  author?: string | undefined
  authorEmail?: string | undefined
}

const addressIn = (text: string): string | undefined => /[^\s<>]+@[^\s<>]+/.exec(text)?.[0].toLowerCase()

/**
 * Whether a commit's author and a caller may be one person: git and AWS know people by different names. By the address,
 * where both have one; by what stands before its @, where the caller goes by a login; else by at least two words of the
 * name in any order. A first name alone never tells: there may be two of them.
 */
export function committedBy({ author = '', authorEmail = author }: Committer, caller: string): boolean {
  const [theirs, own] = [addressIn(authorEmail), addressIn(caller)]
  if (theirs !== undefined && (own ?? caller.toLowerCase()) === (own ? theirs : theirs.split('@')[0])) return true
  return wordsOf(author).length > 1 && samePerson(author, caller)
}
