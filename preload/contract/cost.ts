import { z } from 'zod'
import { AccountId, RegionName } from './accounts.ts'
import { FailureShape, Instant } from './base.ts'
import { Money } from './money.ts'
import { PipelineKey, PipelineType } from './pipelines.ts'

export { Money } from './money.ts'

/*
 * The procedures of `cost`. All amounts are estimates, not the bill: say so beside them, with `reasons`.
 *   overview      query CostQuery → CostOverview       every account of one month, and the months before
 *   account       query CostQuery & {account} → AccountCost   its pipelines, its free tiers, its waste
 *   pipeline      query CostQuery & {key} → PipelineCost      the panel beside the graph; holds the what-if's base
 *   execution     query {key, executionId} → ExecutionCost    what one execution costs, action by action
 *   switchTypes   query CostQuery → SwitchReport       "what would V2 save us": break-even of each pipeline
 *   whatIf        query WhatIf → WhatIfResult          pure and quick: may be asked at each move of a slider
 *   waste         query CostQuery → Waste[]            largest first
 *   prices        query {} → PriceTable                every price with its source, date and whether it is confirmed
 *   refreshPrices mutation {account} → PriceTable      asks pricing:GetProducts with that account; never required
 *
 * The period is one calendar month of UTC, as AWS bills. History is read by `metrics.readHistory`.
 */

/** A calendar month of UTC, e.g. `2026-11`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
export type Month = z.infer<typeof Month>

export const CostQuery = z.object({
  month: Month,
  /** Also count what the local cloud made up in simulated time. */
  sampleData: z.boolean(),
})
export type CostQuery = z.infer<typeof CostQuery>

/** Where a price comes from. */
export const Price = z.object({
  /** e.g. `codepipeline.v2.minute`, `codebuild.linux.small` */
  id: z.string(),
  label: z.string(),
  region: RegionName,
  /** Millionths of a dollar for `per` units. A range where sources differ. */
  low: z.number().int().nonnegative(),
  high: z.number().int().nonnegative(),
  per: z.number().int().positive(),
  unit: z.string(),
  source: z.string(),
  /** When the source said so. */
  date: z.iso.date(),
  /** False: from memory or a secondary page; show it as unconfirmed. */
  confirmed: z.boolean(),
})
export type Price = z.infer<typeof Price>

/** What an amount was priced by. */
export const Pricing = z.object({
  /** The newest and the oldest of the prices used. */
  newest: z.iso.date(),
  oldest: z.iso.date(),
  /** Ids of the unconfirmed ones among them. */
  unconfirmed: z.array(z.string()),
  /** Regions without prices of their own, priced as us-east-1. */
  assumed: z.array(RegionName),
})
export type Pricing = z.infer<typeof Pricing>

export const CostItem = z.enum(['v1Pipeline', 'v2Minutes', 'codeBuild', 'storage', 'requests', 'encryption'])
export type CostItem = z.infer<typeof CostItem>

/**
 * One line: so much of something at a price. A line of a free tier has a negative amount; its `low` is taken off the
 * total's lower end and its `high` off the upper one, so that either may be the larger.
 */
export const CostLine = z.object({
  item: CostItem,
  freeTier: z.boolean(),
  label: z.string(),
  quantity: z.object({ low: z.number(), high: z.number() }),
  unit: z.string(),
  priceId: z.string().optional(),
  confirmed: z.boolean(),
  amount: Money,
})
export type CostLine = z.infer<typeof CostLine>

export const Estimate = z.object({
  total: Money,
  lines: z.array(CostLine),
  /** Why it is a range, and what is not in it, in full sentences. Empty: nothing is uncertain but the bill itself. */
  reasons: z.array(z.string()),
  pricing: Pricing,
})
export type Estimate = z.infer<typeof Estimate>

/** What an estimate was computed from; shown with it. */
export const CostBasis = z.object({
  asOf: Instant,
  executions: z.number().int(),
  /** Of these, sample data; and sample data that was left out. */
  sampleExecutions: z.number().int(),
  leftOut: z.number().int(),
  /** Pipelines whose month is not fully read: the estimate is too low by what is missing. */
  incomplete: z.array(PipelineKey),
  /** True where the local cloud executes it: priced as AWS would, costs nothing. */
  localCloud: z.boolean(),
  /** The month is not over. */
  running: z.boolean(),
})
export type CostBasis = z.infer<typeof CostBasis>

/** One build environment, as CodeBuild bills it. */
export const ComputeType = z.enum([
  'linux.small',
  'linux.medium',
  'linux.large',
  'linux.xlarge',
  'linux.2xlarge',
  'arm.small',
  'arm.large',
  'windows.medium',
  'windows.large',
  'gpu.large',
])
export type ComputeType = z.infer<typeof ComputeType>

export const ExecutionCost = z.object({
  key: PipelineKey,
  executionId: z.string(),
  type: PipelineType,
  estimate: Estimate,
  /** Each attempt of each action, in order of its start. */
  actions: z.array(
    z.object({
      actionExecutionId: z.string(),
      stage: z.string(),
      action: z.string(),
      /** Minutes that V2 bills. */
      minutes: z.number().int(),
      /** Why none are billed. */
      exempt: z.string().optional(),
      /** Of a build: what CodeBuild bills. */
      build: z
        .object({
          compute: ComputeType.optional(),
          minutes: z.object({ low: z.number().int(), high: z.number().int() }),
        })
        .optional(),
      amount: Money,
    }),
  ),
  /** False while it runs, or where its actions were not all read. */
  complete: z.boolean(),
  sampleData: z.boolean(),
  localCloud: z.boolean(),
})
export type ExecutionCost = z.infer<typeof ExecutionCost>

/** Where V1 and V2 cost the same, free tiers left aside. */
export const BreakEven = z.object({
  /** V2 minutes a month that cost as much as one V1 pipeline. */
  minutesPerMonth: z.number(),
  /** Mean of the executions known; absent for none. */
  minutesPerExecution: z.number().optional(),
  /** Executions a month from which V1 is cheaper; absent where an execution bills no minute. */
  executionsPerMonth: z.number().optional(),
  /** What was executed in the month, scaled to a whole one while it runs. */
  executionsNow: z.number(),
  cheaper: z.enum(['V1', 'V2', 'same', 'unknown']),
})
export type BreakEven = z.infer<typeof BreakEven>

export const Waste = z.object({
  kind: z.enum(['repeatedBuild', 'failedMinutes', 'forgottenPipeline']),
  key: PipelineKey,
  stage: z.string().optional(),
  action: z.string().optional(),
  /** Builds, failures, or days without an execution. */
  count: z.number().int(),
  minutes: z.number().int(),
  /** A month. */
  amount: Money,
  /** In one sentence, and what to do. */
  what: z.string(),
  next: z.string(),
  executionId: z.string().optional(),
  sampleData: z.boolean(),
})
export type Waste = z.infer<typeof Waste>

/** What one execution of a pipeline takes, as means of the month; the what-if's point of departure. */
export const WhatIfBase = z.object({
  region: RegionName,
  type: PipelineType,
  executionsPerDay: z.number().min(0).max(10_000),
  /** V2 minutes of an execution that are not builds. */
  otherMinutes: z.number().min(0).max(100_000),
  /** Builds of an execution: how many, how long (s), on what. `repeats`: the share that only repeats a failed one. */
  builds: z
    .array(
      z.object({
        name: z.string(),
        compute: ComputeType,
        perExecution: z.number().min(0).max(1000),
        seconds: z.number().min(0).max(200_000),
        repeats: z.number().min(0).max(1),
      }),
    )
    .max(200),
  storedGb: z.object({ low: z.number().nonnegative(), high: z.number().nonnegative() }),
  /** Minutes of the account's free tiers that other pipelines leave. */
  freePipelineMinutes: z.number().nonnegative(),
  freeBuildMinutes: z.number().nonnegative(),
})
export type WhatIfBase = z.infer<typeof WhatIfBase>

/** What a person changes; absent members stay as they are. */
export const WhatIfChange = z.object({
  type: PipelineType.optional(),
  executionsPerDay: z.number().min(0).max(10_000).optional(),
  /** All builds on this. Faster or not is not known: the range goes from no faster to as much as it has more cores. */
  compute: ComputeType.optional(),
  /** Share of the build time that a cache saves. */
  cacheSaves: z.number().min(0).max(0.95).optional(),
  /** Share of the repeated builds that would no longer be needed. */
  fewerRepeats: z.number().min(0).max(1).optional(),
})
export type WhatIfChange = z.infer<typeof WhatIfChange>

export const WhatIf = z.object({ base: WhatIfBase, change: WhatIfChange })
export type WhatIf = z.infer<typeof WhatIf>

/** A month of 30 days, before and after. `saves` is negative where it costs more. */
export const WhatIfResult = z.object({ before: Estimate, after: Estimate, saves: Money, notes: z.array(z.string()) })
export type WhatIfResult = z.infer<typeof WhatIfResult>

/** One pipeline in lists. */
export const PipelineCostRow = z.object({
  key: PipelineKey,
  type: PipelineType,
  executions: z.number().int(),
  /** V2 minutes (also of a V1 pipeline: what they would be), and build minutes. */
  pipelineMinutes: z.number().int(),
  buildMinutes: z.object({ low: z.number().int(), high: z.number().int() }),
  /** With its share of the account's free tiers: these add up to the account's total. */
  total: Money,
})
export type PipelineCostRow = z.infer<typeof PipelineCostRow>

export const PipelineCost = z.object({
  row: PipelineCostRow,
  basis: CostBasis,
  estimate: Estimate,
  /** The same month scaled to its end while it runs. */
  projected: Money,
  perExecution: Money.optional(),
  /** The month as either type, before free tiers, as if it were older than 30 days (which V1 has free). */
  asV1: Money,
  asV2: Money,
  breakEven: BreakEven,
  /** Actions by what they cost, dearest first. */
  actions: z.array(z.object({ stage: z.string(), action: z.string(), minutes: z.number().int(), amount: Money })),
  waste: z.array(Waste),
  months: z.array(z.object({ month: Month, total: Money, executions: z.number().int() })),
  whatIf: WhatIfBase,
})
export type PipelineCost = z.infer<typeof PipelineCost>

/** What an account gets for nothing each month, and what is used of it. */
export const FreeTier = z.object({
  name: z.enum(['v2Minutes', 'v1Pipelines', 'buildMinutes']),
  label: z.string(),
  free: z.number(),
  used: z.number(),
  confirmed: z.boolean(),
})
export type FreeTier = z.infer<typeof FreeTier>

export const AccountCost = z.object({
  account: AccountId,
  name: z.string(),
  basis: CostBasis,
  estimate: Estimate,
  projected: Money,
  freeTiers: z.array(FreeTier),
  /** Dearest first. */
  pipelines: z.array(PipelineCostRow),
  months: z.array(z.object({ month: Month, total: Money, executions: z.number().int() })),
})
export type AccountCost = z.infer<typeof AccountCost>

export const CostOverview = z.object({
  basis: CostBasis,
  total: Money,
  projected: Money,
  accounts: z.array(AccountCost.omit({ months: true })),
  /** Six at most, oldest first, the asked one last. */
  months: z.array(z.object({ month: Month, total: Money, executions: z.number().int() })),
  reasons: z.array(z.string()),
})
export type CostOverview = z.infer<typeof CostOverview>

/** "What would V2 save us." CodeBuild and storage stay as they are and are left out. */
export const SwitchReport = z.object({
  basis: CostBasis,
  /** In one sentence. */
  answer: z.string(),
  /** CodePipeline alone, a whole month: as it is, all V1, all V2, and each as is cheaper. */
  now: Money,
  allV1: Money,
  allV2: Money,
  best: Money,
  /** `now − allV2` and `now − best`: negative where it costs more. */
  allV2Saves: Money,
  bestSaves: Money,
  pipelines: z.array(
    z.object({
      key: PipelineKey,
      type: PipelineType,
      /** Before free tiers, which belong to the account. */
      asV1: Money,
      asV2: Money,
      breakEven: BreakEven,
      /** The type to switch to, where another is cheapest for the account with its free tiers. */
      advice: PipelineType.optional(),
    }),
  ),
  reasons: z.array(z.string()),
})
export type SwitchReport = z.infer<typeof SwitchReport>

export const PriceTable = z.object({
  currency: z.literal('USD'),
  /** When the book that came with the desk was written. */
  bookDate: z.iso.date(),
  prices: z.array(Price),
  refreshed: z.object({ at: Instant, prices: z.number().int() }).optional(),
  /** Why the last refresh did not work; the book is used. */
  problem: FailureShape.optional(),
})
export type PriceTable = z.infer<typeof PriceTable>
