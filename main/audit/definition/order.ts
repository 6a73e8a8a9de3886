/** A move of one name in a list: taken out at `from`, put in at `to`. */
export interface Move {
  name: string
  from: number
  to: number
}

/** The fewest moves that bring `names` into the order of `wanted`; both hold the same names, each once. */
export function moves(names: readonly string[], wanted: readonly string[]): Move[] {
  const stays = longestRising(names.map(name => wanted.indexOf(name)))
  const kept = new Set([...stays].map(place => wanted[place]))
  const list = [...names]
  return wanted.flatMap((name, index) => {
    if (kept.has(name)) return []
    const from = list.indexOf(name)
    list.splice(from, 1)
    const before = wanted[index - 1]
    const to = before === undefined ? 0 : list.indexOf(before) + 1
    list.splice(to, 0, name)
    return from === to ? [] : [{ name, from, to }]
  })
}

/** The values of a longest rising subsequence. */
function longestRising(values: readonly number[]): Set<number> {
  const best: number[][] = []
  for (const value of values) {
    const longest = best
      .filter(run => (run.at(-1) ?? -1) < value)
      .reduce<number[]>((longer, run) => (run.length > longer.length ? run : longer), [])
    best.push([...longest, value])
  }
  return new Set(best.reduce<number[]>((longer, run) => (run.length > longer.length ? run : longer), []))
}
