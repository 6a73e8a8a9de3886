/**
 * Whether `text` is what `pattern` describes: `*` for any run of characters, `?` for one, everything else itself.
 * Takes time in proportion to pattern × text at worst: no pattern of a caller's can stall the cloud.
 */
export function matches(pattern: string, text: string): boolean {
  let [p, t] = [0, 0]
  let [star, resume] = [-1, 0]
  while (t < text.length) {
    const want = pattern[p]
    if (want === '*') {
      star = p++
      resume = t
    } else if (want === '?' || want === text[t]) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** As {@link matches}, whatever the case: actions are written `s3:getobject` as well. */
export const matchesAnyCase = (pattern: string, text: string) => matches(pattern.toLowerCase(), text.toLowerCase())

/** ARNs match part by part: a wildcard in the first five never reaches over a colon. */
export function arnMatches(pattern: string, arn: string): boolean {
  if (pattern === '*') return true
  const [wanted, given] = [partsOf(pattern), partsOf(arn)]
  return wanted.length === given.length && wanted.every((part, index) => matches(part, given[index] ?? ''))
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':')
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])]
}
