import { z } from 'zod'
import { AccountId, RegionName } from './accounts.ts'
import { FailureShape, Instant } from './base.ts'
import { Money } from './money.ts'
import { ExecutionSummary, PipelineKey } from './pipelines.ts'

/*
 * The procedures of `metrics`:
 *   watchHistory  sub {} → HistoryProgress           how far the past is known; a new one on each change
 *   readHistory   mutation {days} → HistoryProgress  reads what is missing of that many days, behind everything else
 *   pauseHistory  mutation {} → HistoryProgress      stops asking; what was read stays, the next reading goes on there
 *   applications  query {} → Application[]           pipelines that belong together, and the rule that says so
 *   report        query MetricsQuery → MetricsReport DORA's four, their course over time, and where time goes
 *   compare       query CompareQuery → Comparison[]  DORA's four for each pipeline, application or account
 *   durations     query DurationsQuery → DurationsReport  p50 and p90 of each stage and action of one pipeline
 *   flaky         query MetricsQuery → FlakyAction[] failed, then succeeded on the same revision and definition
 *   regressions   query MetricsQuery → Regression[]  actions that became slower, slowest first, with what changed then
 *   explain       query MetricsQuery → Explanation   why the lead time is not what it was in the period before
 *   cloudWatchPlan  query CloudWatchQuery → CloudWatchPlan    what asking would take and cost; asks nothing
 *   cloudWatch      query CloudWatchQuery & {agreedMetrics} → CloudWatchReport  asks; refused where the plan has grown
 *
 * Durations are ms. Shares are 0…1. Days and weeks (from Monday) are those of UTC.
 */

/** A difference that is less than this share of the period before is no change to speak of. */
export const noiseShare = 0.1

/** What a figure is about. */
export const Scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('account'), account: AccountId }),
  z.object({ kind: z.literal('application'), application: z.string().min(1).max(256) }),
  z.object({ kind: z.literal('pipeline'), key: PipelineKey }),
])
export type Scope = z.infer<typeof Scope>

export const BucketSize = z.enum(['day', 'week'])
export type BucketSize = z.infer<typeof BucketSize>

/** `from` is within the period, `to` is not. At most 366 days. */
export const Period = z
  .object({ from: Instant, to: Instant })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), 'The period must begin before it ends')
  .refine(
    ({ from, to }) => Date.parse(to) - Date.parse(from) <= 366 * 86_400_000,
    'CodePipeline keeps 12 months of history: choose a shorter period',
  )
export type Period = z.infer<typeof Period>

export const MetricsQuery = z.object({
  scope: Scope,
  period: Period,
  bucket: BucketSize,
  /** Also count what the local cloud made up in simulated time. Each answer says how much of it is such. */
  sampleData: z.boolean(),
})
export type MetricsQuery = z.infer<typeof MetricsQuery>

/** What an answer was computed from. Shown with it: a figure without this is not to be believed. */
export const Basis = z.object({
  asOf: Instant,
  pipelines: z.number().int(),
  /** Executions that were counted; of these, sample data. */
  executions: z.number().int(),
  sampleExecutions: z.number().int(),
  /** Sample data that was left out because it was not asked for. */
  leftOut: z.number().int(),
  /** Pipelines whose past is not known for the whole period: read the history first. */
  incomplete: z.array(PipelineKey),
})
export type Basis = z.infer<typeof Basis>

export const FigureName = z.enum(['deploymentFrequency', 'leadTime', 'changeFailureRate', 'timeToRestore'])
export type FigureName = z.infer<typeof FigureName>

/** One figure with all that is needed to judge it. */
export const Figure = z.object({
  name: FigureName,
  /** `perDay` deployments, `ms`, or a `share`. */
  unit: z.enum(['perDay', 'ms', 'share']),
  /** Absent: not enough data. Durations are medians. */
  value: z.number().optional(),
  /** 90th percentile, of durations. */
  p90: z.number().optional(),
  /** Observations, and the fewest that a value is told from. */
  count: z.number().int(),
  needs: z.number().int(),
  /** How it is defined here, in full sentences. */
  definition: z.string(),
  /** What limits it, in full sentences. */
  notes: z.array(z.string()),
  /** The same figure of the period of the same length just before. */
  before: z.object({ value: z.number().optional(), count: z.number().int() }),
})
export type Figure = z.infer<typeof Figure>

export const Dora = z.object({
  deploymentFrequency: Figure,
  leadTime: Figure,
  changeFailureRate: Figure,
  timeToRestore: Figure,
})
export type Dora = z.infer<typeof Dora>

/** One day or week. Every bucket of the period is there, also an empty one. */
export const TrendPoint = z.object({
  start: Instant,
  deployments: z.number().int(),
  /** Changes that reached production, well or not, and those of them that failed. */
  changes: z.number().int(),
  failures: z.number().int(),
  leadTimeP50: z.number().optional(),
  leadTimeP90: z.number().optional(),
  restoreP50: z.number().optional(),
  restores: z.number().int(),
  executions: z.number().int(),
  failedExecutions: z.number().int(),
})
export type TrendPoint = z.infer<typeof TrendPoint>

/**
 * What an execution's time is spent on. `commit`: between the commit and the execution's start. `queue`: no action runs
 * (closed transition, busy stage, between stages). `retry`: nothing runs after a failure, until somebody tries again.
 */
export const TimeKind = z.enum(['commit', 'queue', 'source', 'build', 'test', 'approval', 'deploy', 'invoke', 'retry'])
export type TimeKind = z.infer<typeof TimeKind>

export const TimeSlice = z.object({
  kind: TimeKind,
  totalMs: z.number(),
  share: z.number(),
  /** Per execution. */
  meanMs: z.number(),
})
export type TimeSlice = z.infer<typeof TimeSlice>

/** Which stage counts as production, and by which rule: told, never assumed in silence. */
export const ProductionStage = z.object({ key: PipelineKey, stage: z.string().optional(), rule: z.string() })
export type ProductionStage = z.infer<typeof ProductionStage>

export const MetricsReport = z.object({
  basis: Basis,
  dora: Dora,
  trend: z.array(TrendPoint),
  /** Largest first; the shares add up to 1. Empty where nothing ended. */
  time: z.array(TimeSlice),
  /** How executions ended. */
  outcomes: z.object({
    succeeded: z.number().int(),
    failed: z.number().int(),
    stopped: z.number().int(),
    superseded: z.number().int(),
    other: z.number().int(),
  }),
  production: z.array(ProductionStage),
})
export type MetricsReport = z.infer<typeof MetricsReport>

export const CompareQuery = MetricsQuery.extend({ by: z.enum(['pipeline', 'application', 'account']) })
export type CompareQuery = z.infer<typeof CompareQuery>

export const Comparison = z.object({
  scope: Scope,
  name: z.string(),
  basis: Basis,
  dora: Dora,
  time: z.array(TimeSlice),
})
export type Comparison = z.infer<typeof Comparison>

export const DurationsQuery = z.object({
  key: PipelineKey,
  period: Period,
  bucket: BucketSize,
  sampleData: z.boolean(),
})
export type DurationsQuery = z.infer<typeof DurationsQuery>

/** Of those that succeeded. */
export const DurationSeries = z.object({
  stage: z.string(),
  /** Absent: the whole stage, from its first action's start to its last one's end, approvals included. */
  action: z.string().optional(),
  kind: TimeKind.optional(),
  p50: z.number().optional(),
  p90: z.number().optional(),
  count: z.number().int(),
  failures: z.number().int(),
  points: z.array(
    z.object({
      start: Instant,
      p50: z.number().optional(),
      p90: z.number().optional(),
      count: z.number().int(),
    }),
  ),
})
export type DurationSeries = z.infer<typeof DurationSeries>

/** The first series is the whole execution (`stage: ''`); then each stage followed by its actions, in their order. */
export const DurationsReport = z.object({ basis: Basis, series: z.array(DurationSeries) })
export type DurationsReport = z.infer<typeof DurationsReport>

export const FlakyAction = z.object({
  key: PipelineKey,
  stage: z.string(),
  action: z.string(),
  /** Failures that went away on the same revision and definition, of all ended attempts. */
  flakes: z.number().int(),
  attempts: z.number().int(),
  share: z.number(),
  /** Time from each such failure to its success, in all. */
  lostMs: z.number(),
  lastAt: Instant,
  /** The last one's error, and where to look. */
  error: z.string().optional(),
  executionId: z.string(),
  sampleData: z.boolean(),
})
export type FlakyAction = z.infer<typeof FlakyAction>

/** What came with a change. `unknown`: nothing that the desk can see; look at the provider. */
export const Cause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('definition'), from: z.number().int(), to: z.number().int(), what: z.array(z.string()) }),
  z.object({ kind: z.literal('buildspec'), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('compute'), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('revision'), revision: z.string(), summary: z.string().optional() }),
  z.object({ kind: z.literal('unknown') }),
])
export type Cause = z.infer<typeof Cause>

export const Regression = z.object({
  key: PipelineKey,
  stage: z.string(),
  action: z.string(),
  /** The first execution that was slower. */
  since: Instant,
  executionId: z.string(),
  beforeMs: z.number(),
  afterMs: z.number(),
  beforeCount: z.number().int(),
  afterCount: z.number().int(),
  /** `afterMs / beforeMs`. */
  factor: z.number(),
  cause: Cause,
  sampleData: z.boolean(),
})
export type Regression = z.infer<typeof Regression>

/** "Why did lead time double": the parts that grew, largest first, with what came with them. */
export const Explanation = z.object({
  basis: Basis,
  /** In one sentence. */
  answer: z.string(),
  before: z.object({
    period: Period,
    meanMs: z.number().optional(),
    medianMs: z.number().optional(),
    count: z.number().int(),
  }),
  after: z.object({
    period: Period,
    meanMs: z.number().optional(),
    medianMs: z.number().optional(),
    count: z.number().int(),
  }),
  /** Means, because means add up: the differences add up to the difference of `meanMs`. */
  parts: z.array(z.object({ kind: TimeKind, beforeMs: z.number(), afterMs: z.number(), differenceMs: z.number() })),
  /** The actions (and the waits before stages) that grew most, per deployment. */
  actions: z.array(
    z.object({
      key: PipelineKey,
      stage: z.string(),
      action: z.string(),
      kind: TimeKind,
      beforeMs: z.number(),
      afterMs: z.number(),
      differenceMs: z.number(),
    }),
  ),
  regressions: z.array(Regression),
  /** The slowest deployments of the period: where to look. */
  slowest: z.array(z.object({ key: PipelineKey, execution: ExecutionSummary, leadTimeMs: z.number() })),
})
export type Explanation = z.infer<typeof Explanation>

export const Application = z.object({
  name: z.string(),
  /** `tag`: the pipelines' tag `application`. `name`: their names without a trailing environment or region. */
  rule: z.enum(['tag', 'name']),
  pipelines: z.array(PipelineKey),
})
export type Application = z.infer<typeof Application>

/** How far the past of one account and region is known. */
export const HistorySource = z.object({
  account: AccountId,
  region: RegionName,
  state: z.enum(['waiting', 'reading', 'read', 'paused', 'failed']),
  pipelines: z.number().int(),
  /** Pipelines that are read for the whole of the asked days. */
  read: z.number().int(),
  executions: z.number().int(),
  actions: z.number().int(),
  builds: z.number().int(),
  /** Set where something could not be read; the others go on. */
  problems: z.array(FailureShape),
})
export type HistorySource = z.infer<typeof HistorySource>

export const HistoryProgress = z.object({
  asOf: Instant,
  /** 0: nothing was asked for yet. */
  days: z.number().int(),
  state: z.enum(['idle', 'reading', 'paused', 'done']),
  /** Pipelines read of all. */
  read: z.number().int(),
  pipelines: z.number().int(),
  /** Pages read since the desk started: the calls that it took, but for a few. */
  calls: z.number().int(),
  sources: z.array(HistorySource),
})
export type HistoryProgress = z.infer<typeof HistoryProgress>

export const CloudWatchQuery = z.object({ scope: Scope, period: Period })
export type CloudWatchQuery = z.infer<typeof CloudWatchQuery>

export const CloudWatchPlan = z.object({
  metrics: z.number().int(),
  /** GetMetricData calls: 500 metrics each. */
  calls: z.number().int(),
  /** s */
  periodSeconds: z.number().int(),
  cost: Money,
  /** Whether the price is confirmed, and its date and source. */
  price: z.string(),
  notes: z.array(z.string()),
})
export type CloudWatchPlan = z.infer<typeof CloudWatchPlan>

export const MetricSeries = z.object({
  account: AccountId,
  region: RegionName,
  namespace: z.enum(['AWS/CodePipeline', 'AWS/CodeBuild']),
  metric: z.string(),
  stat: z.string(),
  unit: z.enum(['s', 'count']),
  /** The pipeline or the project. */
  subject: z.string(),
  points: z.array(z.object({ at: Instant, value: z.number() })),
})
export type MetricSeries = z.infer<typeof MetricSeries>

export const CloudWatchReport = z.object({
  asOf: Instant,
  plan: CloudWatchPlan,
  series: z.array(MetricSeries),
  problems: z.array(FailureShape),
})
export type CloudWatchReport = z.infer<typeof CloudWatchReport>
