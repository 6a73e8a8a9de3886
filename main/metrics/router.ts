import { z } from 'zod'
import {
  Application,
  CloudWatchPlan,
  CloudWatchQuery,
  CloudWatchReport,
  CompareQuery,
  Comparison,
  DurationsQuery,
  DurationsReport,
  Explanation,
  FlakyAction,
  HistoryProgress,
  MetricsQuery,
  MetricsReport,
  Regression,
} from '../../preload/contract/metrics.ts'
import { procedure, router } from '../base/rpc.ts'
import { streamOf } from '../base/stream.ts'
import type { Metrics } from './metrics.ts'

const nothing = z.object({}).optional()

export function metricsRouter(metrics: Metrics) {
  return router({
    watchHistory: procedure
      .input(nothing)
      .output(streamOf(HistoryProgress))
      .subscription(({ signal }) => metrics.history.watch(signal)),
    readHistory: procedure
      .input(z.object({ days: z.number().int().min(1).max(366) }))
      .output(HistoryProgress)
      .mutation(({ input }) => metrics.history.read(input.days)),
    pauseHistory: procedure
      .input(nothing)
      .output(HistoryProgress)
      .mutation(() => metrics.history.pause()),
    applications: procedure
      .input(nothing)
      .output(z.array(Application))
      .query(() => metrics.applications()),
    report: procedure
      .input(MetricsQuery)
      .output(MetricsReport)
      .query(({ input }) => metrics.report(input)),
    compare: procedure
      .input(CompareQuery)
      .output(z.array(Comparison))
      .query(({ input }) => metrics.compare(input)),
    durations: procedure
      .input(DurationsQuery)
      .output(DurationsReport)
      .query(({ input }) => metrics.durations(input)),
    flaky: procedure
      .input(MetricsQuery)
      .output(z.array(FlakyAction))
      .query(({ input }) => metrics.flaky(input)),
    regressions: procedure
      .input(MetricsQuery)
      .output(z.array(Regression))
      .query(({ input }) => metrics.regressions(input)),
    explain: procedure
      .input(MetricsQuery)
      .output(Explanation)
      .query(({ input }) => metrics.explain(input)),
    cloudWatchPlan: procedure
      .input(CloudWatchQuery)
      .output(CloudWatchPlan)
      .query(({ input }) => metrics.cloudWatchPlan(input)),
    cloudWatch: procedure
      .input(CloudWatchQuery.extend({ agreedMetrics: z.number().int().nonnegative() }))
      .output(CloudWatchReport)
      .query(({ input: { agreedMetrics, ...query } }) => metrics.cloudWatch(query, agreedMetrics)),
  })
}
