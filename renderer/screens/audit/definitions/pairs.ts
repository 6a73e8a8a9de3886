import type { DiffLine } from './lineDiff.ts'

/** Two lines beside each other. */
export interface Pair {
  left: DiffLine | undefined
  right: DiffLine | undefined
}

/** What was removed stands beside what came instead. */
export function paired(lines: readonly DiffLine[]): Pair[] {
  const pairs: Pair[] = []
  let old: DiffLine[] = []
  let now: DiffLine[] = []
  const flush = () => {
    for (let at = 0; at < Math.max(old.length, now.length); at += 1) pairs.push({ left: old[at], right: now[at] })
    old = []
    now = []
  }
  for (const line of lines) {
    if (line.side === 'old') old.push(line)
    else if (line.side === 'new') now.push(line)
    else {
      flush()
      pairs.push({ left: line, right: line })
    }
  }
  flush()
  return pairs
}

/** Lines that stay in sight around a difference. */
const around = 4
/** Fewer than this are not worth folding. */
const fewest = 4

/** The pairs, with each long stretch that is the same in both as its number of lines. */
export function folded(pairs: readonly Pair[]): (Pair | number)[] {
  const near = new Set<number>()
  for (const [index, { left }] of pairs.entries()) {
    if (left?.side === 'both') continue
    for (let at = index - around; at <= index + around; at += 1) near.add(at)
  }
  const rows: (Pair | number)[] = []
  let far: Pair[] = []
  const flush = () => {
    rows.push(...(far.length < fewest ? far : [far.length]))
    far = []
  }
  for (const [index, pair] of pairs.entries()) {
    if (near.has(index)) {
      flush()
      rows.push(pair)
    } else far.push(pair)
  }
  flush()
  return rows
}
