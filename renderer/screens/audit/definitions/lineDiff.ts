/** A line of either text, or of both. */
export interface DiffLine {
  side: 'both' | 'old' | 'new'
  text: string
}

/** Beyond this many cells the table of the middle part would not fit: it is then told as all old, then all new. */
const mostCells = 16_000_000

/** The shortest way from one text to another, line by line: what is common stands once, the old before the new. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const old = before.split('\n')
  const now = after.split('\n')
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1
  let tail = 0
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  const both = (text: string): DiffLine => ({ side: 'both', text })
  return [
    ...old.slice(0, head).map(both),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...old.slice(old.length - tail).map(both),
  ]
}

function middle(old: readonly string[], now: readonly string[]): DiffLine[] {
  const removed = (text: string): DiffLine => ({ side: 'old', text })
  const added = (text: string): DiffLine => ({ side: 'new', text })
  if (old.length * now.length > mostCells) return [...old.map(removed), ...now.map(added)]
  // common[i][j]: how many lines the two have in common from i and j on, in order.
  const width = now.length + 1
  const common = new Uint16Array((old.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1)
      common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    const [one, other] = [old[i], now[j]]
    if (one !== undefined && one === other) {
      lines.push({ side: 'both', text: one })
      i += 1
      j += 1
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(removed(one))
      i += 1
    } else if (other !== undefined) {
      lines.push(added(other))
      j += 1
    }
  }
  return lines
}
