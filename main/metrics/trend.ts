import type { BucketSize, TrendPoint } from '../../preload/contract/metrics.ts'
import type { ExecutionSummary } from '../../preload/contract/pipelines.ts'
import { percentile } from '../base/percentile.ts'
import { bucketed, bucketStarts } from './buckets.ts'
import type { ProductionPast } from './deployments.ts'
import { changesIn, deploymentsIn, restoredIn } from './dora.ts'
import type { Span } from './past.ts'

/** The course of a span, day by day or week by week; executions count when they started. Pure. */
export function trendOf(
  pasts: readonly ProductionPast[],
  executions: readonly ExecutionSummary[],
  span: Span,
  size: BucketSize,
): TrendPoint[] {
  const deployments = bucketed(deploymentsIn(pasts, span), ({ at }) => at, size)
  const changes = bucketed(changesIn(pasts, span), ({ at }) => at, size)
  const restores = bucketed(restoredIn(pasts, span), ({ at }) => at, size)
  const started = bucketed(executions, ({ startedAt }) => Date.parse(startedAt), size)
  return bucketStarts(span, size).map(start => {
    const leads = (deployments.get(start) ?? []).flatMap(({ leadMs }) => leadMs ?? [])
    const restored = (restores.get(start) ?? []).map(({ ms }) => ms)
    const leadTimeP50 = percentile(leads, 0.5)
    const leadTimeP90 = percentile(leads, 0.9)
    const restoreP50 = percentile(restored, 0.5)
    return {
      start: new Date(start).toISOString(),
      deployments: deployments.get(start)?.length ?? 0,
      changes: changes.get(start)?.length ?? 0,
      failures: (changes.get(start) ?? []).filter(({ failed }) => failed).length,
      restores: restored.length,
      executions: started.get(start)?.length ?? 0,
      failedExecutions: (started.get(start) ?? []).filter(({ state }) => state === 'failed').length,
      ...(leadTimeP50 !== undefined && { leadTimeP50 }),
      ...(leadTimeP90 !== undefined && { leadTimeP90 }),
      ...(restoreP50 !== undefined && { restoreP50 }),
    }
  })
}
