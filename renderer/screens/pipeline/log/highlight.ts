import type { Span } from './ansi.ts'

export interface Piece extends Span {
  /** Part of a place that the search found. */
  hit: 'no' | 'found' | 'current'
}

export interface Marked {
  from: number
  to: number
  current: boolean
}

/** Cuts a line's pieces where the marks begin and end. Marks are in order and do not overlap. */
export function highlight(spans: readonly Span[], marks: readonly Marked[]): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  for (const { text, classes } of spans) {
    const end = start + text.length
    const cuts = marks.flatMap(({ from, to }) => [from, to]).filter(at => at > start && at < end)
    let from = start
    for (const to of [...cuts, end]) {
      const mark = marks.find(mark => mark.from <= from && from < mark.to)
      const hit = mark ? (mark.current ? 'current' : 'found') : 'no'
      if (to > from) pieces.push({ text: text.slice(from - start, to - start), classes, hit })
      from = to
    }
    start = end
  }
  return pieces
}
