/** Where a query stands in a log: the line's place in the list, and the characters from and to. */
export interface Match {
  line: number
  from: number
  to: number
}

/** More would help nobody and cost memory; the count then says "and more". */
export const mostMatches = 10_000

/** Every place of the query, upper and lower case alike, from the first line on. Nothing for an empty query. */
export function findInLog(lines: readonly { plain: string }[], query: string): Match[] {
  const wanted = query.toLowerCase()
  if (wanted === '') return []
  const found: Match[] = []
  for (const [line, { plain }] of lines.entries()) {
    const text = plain.toLowerCase()
    for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + wanted.length)) {
      if (found.length === mostMatches) return found
      found.push({ line, from, to: from + wanted.length })
    }
  }
  return found
}

/** The match to go to from `line`: the next one after it, or before it; around the end. */
export function matchFrom(matches: readonly Match[], current: number | undefined, by: 1 | -1): number | undefined {
  if (matches.length === 0) return undefined
  if (current === undefined) return by === 1 ? 0 : matches.length - 1
  return (current + by + matches.length) % matches.length
}

// Counts of nothing wrong look like errors: "0 failed", "errors: 0", "no errors".
const harmless =
  /\b(?:0|no) (?:errors?|fail(?:ed|ures?|ing)?|problems?)\b|\b(?:errors?|fail(?:ed|ures?)?)\s*[:=]\s*0\b/gi
const certain =
  /^\s*(?:not ok\b|✖|✕|✗|×\s|FAIL\b|FAILED\b|panic:|Traceback \(most recent)|^[\w.]*(?:Error|Exception):|\bAssertionError\b/
const likely = /\b(?:errors?|failed|failure|fatal|exception|cannot|command not found|permission denied)\b/i

/**
 * The line at which a failed log should be opened: the first that names a failed test, else the first that surely is
 * an error (a test runner's cross, an exception), else the first that speaks of one.
 */
export function firstError(
  lines: readonly { plain: string }[],
  failedTests: readonly string[] = [],
): number | undefined {
  const names = failedTests
    .flatMap(name => [name, name.split(/\s+[›>]\s+/).at(-1) ?? name])
    .filter(name => name.length > 3)
  let sure: number | undefined
  let maybe: number | undefined
  for (const [index, { plain }] of lines.entries()) {
    const text = plain.replace(harmless, '')
    const isCertain = certain.test(text)
    if (names.some(name => text.includes(name)) && (isCertain || likely.test(text))) return index
    if (isCertain) sure ??= index
    else if (likely.test(text)) maybe ??= index
  }
  return sure ?? maybe
}
