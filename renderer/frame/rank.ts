/**
 * How well a text answers what was typed: every word of the query must occur. Higher is better; undefined is no
 * match. Beginnings of words count more than their middles, and short texts more than long ones.
 */
export function score(query: string, text: string): number | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const sought = text.toLowerCase()
  let total = 0
  for (const word of words) {
    const at = sought.indexOf(word)
    if (at < 0) return undefined
    const begins = at === 0 || /[^a-z0-9]/.test(sought.charAt(at - 1))
    total += at === 0 ? 4 : begins ? 3 : 1
  }
  return total - sought.length / 1000
}

/** The best answers, best first; all in their order while nothing is typed. */
export function rank<T>(query: string, items: readonly T[], textOf: (item: T) => string, most: number): T[] {
  if (query.trim() === '') return items.slice(0, most)
  return items
    .flatMap(item => {
      const found = score(query, textOf(item))
      return found === undefined ? [] : [{ item, found }]
    })
    .sort((a, b) => b.found - a.found)
    .slice(0, most)
    .map(({ item }) => item)
}
