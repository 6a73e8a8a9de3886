/** Where a series changed: the index of the first value after, and how likely chance alone would do that. */
export interface ChangePoint {
  index: number
  /** Pettitt's approximation; 1 where nothing changed. */
  probability: number
}

/** Fewest values on either side. */
const side = 4

/**
 * The one most likely change of level in a series, by Pettitt's test: it looks at ranks only, so that a few outliers
 * don't matter and no shape is assumed. Undefined for series too short to tell.
 */
export function changePoint(values: readonly number[]): ChangePoint | undefined {
  const n = values.length
  if (n < 2 * side) return undefined
  const ranks = ranksOf(values)
  let sum = 0
  let best = { index: side, distance: -1 }
  for (const [index, rank] of ranks.entries()) {
    if (index >= side && index <= n - side) {
      const distance = Math.abs(2 * sum - index * (n + 1))
      if (distance > best.distance) best = { index, distance }
    }
    sum += rank
  }
  const probability = Math.min(2 * Math.exp((-6 * best.distance ** 2) / (n ** 3 + n ** 2)), 1)
  return { index: best.index, probability }
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const ranks = values.map(() => 0)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end + 1 < order.length && order[end + 1]?.value === order[start]?.value) end++
    for (const { index } of order.slice(start, end + 1)) ranks[index] = (start + end) / 2 + 1
    start = end + 1
  }
  return ranks
}
