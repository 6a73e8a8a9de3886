import type {
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
  MetricsQuery,
  MetricsReport,
  Regression,
} from '../../preload/contract/metrics.ts'
import type { History } from './history.ts'

/** How well it runs: from what was executed, and from CloudWatch where somebody agrees to its price. */
export interface Metrics {
  history: History
  applications(): Application[]
  report(query: MetricsQuery): Promise<MetricsReport>
  compare(query: CompareQuery): Promise<Comparison[]>
  durations(query: DurationsQuery): Promise<DurationsReport>
  flaky(query: MetricsQuery): Promise<FlakyAction[]>
  regressions(query: MetricsQuery): Promise<Regression[]>
  explain(query: MetricsQuery): Promise<Explanation>
  cloudWatchPlan(query: CloudWatchQuery): CloudWatchPlan
  /** @throws Failure `PlanChanged` where it would ask for more metrics than was agreed to. */
  cloudWatch(query: CloudWatchQuery, agreedMetrics: number): Promise<CloudWatchReport>
  start(): void
  stop(): void
}
