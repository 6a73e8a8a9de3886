import type { Regression } from '../../preload/contract/metrics.ts'
import { percentile } from '../base/percentile.ts'
import { causeOf } from './cause.ts'
import { changePoint } from './changePoint.ts'
import { kindOf } from './kind.ts'
import { isWithin, type PipelinePast, type Span } from './past.ts'

/** So sure that it is no chance, so much slower, and so long that it matters. */
const surely = 0.01
const slower = 1.25
const matters = 5_000
/** Newest attempts looked at, by action. */
const most = 400

/**
 * Actions whose successful attempts became slower within the span, with what came with the first slow one. Attempts of
 * the span before are looked at, too, so that a change at its beginning is seen. Slowest first. Pure.
 */
export function regressionsOf(past: PipelinePast, span: Span): Regression[] {
  const succeeded = [...past.actions.values()]
    .flat()
    .filter(({ state, startedAt }) => state === 'succeeded' && startedAt < span.to)
    .filter(attempt => kindOf(attempt, past.definition) !== 'approval')
  const byAction = Map.groupBy(succeeded, ({ stage, action }) => `${stage}\n${action}`)
  return [...byAction.values()]
    .flatMap((all): Regression[] => {
      const attempts = all.sort((a, b) => a.startedAt - b.startedAt).slice(-most)
      const times = attempts.map(({ startedAt, updatedAt }) => updatedAt - startedAt)
      const change = changePoint(times)
      const last = change && attempts[change.index - 1]
      const first = change && attempts[change.index]
      if (!last || !first || change.probability > surely || !isWithin(span, first.startedAt)) return []
      const beforeMs = percentile(times.slice(0, change.index), 0.5) ?? 0
      const afterMs = percentile(times.slice(change.index), 0.5) ?? 0
      if (beforeMs <= 0 || afterMs < beforeMs * slower || afterMs - beforeMs < matters) return []
      return [
        {
          key: past.key,
          stage: first.stage,
          action: first.action,
          since: new Date(first.startedAt).toISOString(),
          executionId: first.executionId,
          beforeMs,
          afterMs,
          beforeCount: change.index,
          afterCount: times.length - change.index,
          factor: afterMs / beforeMs,
          cause: causeOf(past, last, first),
          sampleData: attempts.some(({ sample }) => sample),
        },
      ]
    })
    .sort((a, b) => b.afterMs - b.beforeMs - (a.afterMs - a.beforeMs))
}
