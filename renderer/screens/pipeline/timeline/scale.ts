/** A stretch of time, ms since the epoch. */
export interface Span {
  from: number
  to: number
}

/** Time on a line of length 1. */
export interface Scale {
  at: (time: number) => number
  /** Stretches in which nobody but a person or a gate was busy, drawn shorter than they were. */
  breaks: readonly (Span & { shownFrom: number; shownTo: number })[]
}

/** A stretch without work may take this part of what all the work takes; three days of waiting leave the builds legible. */
const idleShare = 0.25
const leastIdle = 10_000

/** The line from `from` to `to`; long stretches outside every `busy` one are cut short. */
export function scaleOf(busy: readonly Span[], { from, to }: Span): Scale {
  const merged = mergeSpans(busy.map(span => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) })))
  const work = merged.reduce((sum, span) => sum + span.to - span.from, 0)
  const most = Math.max(work * idleShare, leastIdle)
  const pieces: (Span & { shown: number; cut: boolean })[] = []
  const add = (from: number, to: number, idle: boolean) => {
    if (to <= from) return
    const cut = idle && work > 0 && to - from > most
    pieces.push({ from, to, shown: cut ? most : to - from, cut })
  }
  let end = from
  for (const span of merged) {
    add(end, span.from, true)
    add(span.from, span.to, false)
    end = span.to
  }
  add(end, to, true)

  const total = Math.max(
    1,
    pieces.reduce((sum, piece) => sum + piece.shown, 0),
  )
  let shown = 0
  const placed = pieces.map(piece => {
    const shownFrom = shown / total
    shown += piece.shown
    return { ...piece, shownFrom, shownTo: shown / total }
  })
  return {
    breaks: placed.filter(({ cut }) => cut),
    at(time) {
      if (time <= from) return 0
      const piece = placed.find(piece => time <= piece.to)
      if (!piece) return 1
      return piece.shownFrom + ((time - piece.from) / (piece.to - piece.from)) * (piece.shownTo - piece.shownFrom)
    },
  }
}

function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else merged.push({ ...span })
  }
  return merged
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const steps = [
  ...[1, 2, 5, 10, 15, 30].map(count => count * second),
  ...[1, 2, 5, 10, 15, 30].map(count => count * minute),
  ...[1, 2, 4, 6, 12, 24].map(count => count * hour),
]

/** Round distances from the start (ms) that stand at least 1/10 of the line apart, outside the breaks. */
export function ticksOf(scale: Scale, { from, to }: Span): number[] {
  const inBreak = (time: number) => scale.breaks.some(gap => time > gap.from && time < gap.to)
  for (const step of steps) {
    const ticks: number[] = []
    for (let after = step; from + after <= to && ticks.length <= 400; after += step) {
      if (!inBreak(from + after)) ticks.push(after)
    }
    const places = [0, ...ticks.map(after => scale.at(from + after))]
    if (ticks.length <= 400 && places.every((place, i) => i === 0 || place - (places[i - 1] ?? 0) >= 0.1)) return ticks
  }
  return []
}
