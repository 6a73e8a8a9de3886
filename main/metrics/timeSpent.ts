import type { TimeKind, TimeSlice } from '../../preload/contract/metrics.ts'
import { kindOf } from './kind.ts'
import { partition, type Slice } from './partition.ts'
import { isWithin, type PipelinePast, type Span } from './past.ts'

const hasEnded = new Set(['succeeded', 'failed', 'stopped', 'superseded', 'cancelled'])

/** Where the time of the executions that started in the span, and ended, went. Largest first. Pure. */
export function timeSpent(pasts: readonly PipelinePast[], span: Span): TimeSlice[] {
  const each = pasts.flatMap(past =>
    past.executions
      .filter(({ startedAt, state }) => hasEnded.has(state) && isWithin(span, Date.parse(startedAt)))
      .map(({ id, startedAt, updatedAt }) => {
        const attempts = (past.actions.get(id) ?? []).map(attempt => ({
          ...attempt,
          kind: kindOf(attempt, past.definition),
        }))
        const from = Date.parse(startedAt)
        // Without its actions nothing can be said of an execution's time.
        return attempts.length === 0 ? [] : partition(attempts, from, Math.max(Date.parse(updatedAt), from))
      }),
  )
  return slicesOf(each.filter(slices => slices.length > 0))
}

/** Slices of several executions, by kind. */
export function slicesOf(each: readonly (readonly Slice[])[]): TimeSlice[] {
  const totals = new Map<TimeKind, number>()
  for (const { kind, ms } of each.flat()) totals.set(kind, (totals.get(kind) ?? 0) + ms)
  const all = [...totals.values()].reduce((sum, ms) => sum + ms, 0)
  return [...totals]
    .filter(([, totalMs]) => totalMs > 0)
    .map(([kind, totalMs]) => ({ kind, totalMs, share: totalMs / all, meanMs: totalMs / each.length }))
    .sort((a, b) => b.totalMs - a.totalMs)
}
