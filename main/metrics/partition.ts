import type { State } from '../../preload/contract/base.ts'
import type { TimeKind } from '../../preload/contract/metrics.ts'

/** An attempt of an action, as far as time is concerned. */
export interface Attempt {
  stage: string
  action: string
  kind: TimeKind
  state: State
  /** ms since the Unix epoch */
  startedAt: number
  updatedAt: number
}

/** So long was spent on this. A wait has the stage that it was for, and no action. */
export interface Slice {
  kind: TimeKind
  stage: string
  action: string
  ms: number
}

const isUnderway = (state: State) => state === 'running' || state === 'waiting'

/**
 * Where the time between two instants went, each millisecond counted once: the slices add up to `to − from`. Of actions
 * side by side the one that ends last counts, for it is what the stage waits for; an approval only where nothing else
 * is at work.
 */
export function partition(attempts: readonly Attempt[], from: number, to: number): Slice[] {
  const spans = attempts.map(attempt => ({
    attempt,
    from: Math.max(attempt.startedAt, from),
    to: isUnderway(attempt.state) ? to : Math.min(attempt.updatedAt, to),
  }))
  const cuts = [...new Set([from, to, ...spans.flatMap(span => [span.from, span.to])])]
    .filter(at => at >= from && at <= to)
    .sort((a, b) => a - b)
  const slices = new Map<string, Slice>()
  cuts.slice(1).forEach((until, index) => {
    const since = cuts[index] ?? until
    const what = spentOn(spans, since, until)
    const id = `${what.kind}\n${what.stage}\n${what.action}`
    const slice = slices.get(id) ?? { ...what, ms: 0 }
    slice.ms += until - since
    slices.set(id, slice)
  })
  return [...slices.values()]
}

type TimeSpan = { attempt: Attempt; from: number; to: number }

function spentOn(spans: readonly TimeSpan[], since: number, until: number): Omit<Slice, 'ms'> {
  const active = spans.filter(span => span.from <= since && span.to >= until)
  const working = active.filter(({ attempt }) => attempt.kind !== 'approval')
  const last = latest(working.length > 0 ? working : active)
  if (last) return { kind: last.attempt.kind, stage: last.attempt.stage, action: last.attempt.action }
  const before = latest(spans.filter(span => span.to <= since))
  const next = spans.filter(span => span.from >= until).reduce(earlier, undefined)
  return {
    kind: before?.attempt.state === 'failed' ? 'retry' : 'queue',
    stage: next?.attempt.stage ?? before?.attempt.stage ?? '',
    action: '',
  }
}

const latest = (spans: readonly TimeSpan[]): TimeSpan | undefined =>
  spans.reduce<TimeSpan | undefined>((best, span) => (best && best.to >= span.to ? best : span), undefined)
const earlier = (best: TimeSpan | undefined, span: TimeSpan) => (best && best.from <= span.from ? best : span)
