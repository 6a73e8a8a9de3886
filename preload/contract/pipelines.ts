import { z } from 'zod'
import { AccountId, Environment, RegionName } from './accounts.ts'
import { FailureShape, Instant, State } from './base.ts'

/** Constraints as CodePipeline's API has them (PipelineName, StageName, ActionName). */
export const Name = z.string().regex(/^[A-Za-z0-9.@\-_]{1,100}$/)
export const ExecutionId = z.uuid()

export const PipelineKey = z.object({ account: AccountId, region: RegionName, name: Name })
export type PipelineKey = z.infer<typeof PipelineKey>

export const ExecutionMode = z.enum(['SUPERSEDED', 'QUEUED', 'PARALLEL'])
export const PipelineType = z.enum(['V1', 'V2'])

export const Revision = z.object({
  actionName: z.string(),
  id: z.string(),
  summary: z.string().optional(),
  url: z.string().optional(),
  author: z.string().optional(),
  authorEmail: z.string().optional(),
})
export type Revision = z.infer<typeof Revision>

export const Trigger = z.object({ type: z.string(), detail: z.string().optional() })

/** One execution as lists show it (ListPipelineExecutions). */
export const ExecutionSummary = z.object({
  id: z.string(),
  state: State,
  /** AWS's own status word. */
  status: z.string(),
  type: z.enum(['STANDARD', 'ROLLBACK']),
  mode: ExecutionMode.optional(),
  version: z.number().int().optional(),
  startedAt: Instant,
  updatedAt: Instant,
  revisions: z.array(Revision),
  trigger: Trigger.optional(),
  stopReason: z.string().optional(),
  rollbackTarget: z.string().optional(),
  /** Made by the sample generator in simulated time; shown as such. */
  sample: z.boolean(),
})
export type ExecutionSummary = z.infer<typeof ExecutionSummary>

export const StageMark = z.object({ name: z.string(), state: State })

/** One row of the fleet. */
export const PipelineRow = z.object({
  key: PipelineKey,
  accountName: z.string(),
  environment: Environment,
  state: State,
  stages: z.array(StageMark),
  version: z.number().int(),
  type: PipelineType,
  mode: ExecutionMode,
  execution: ExecutionSummary.optional(),
  /** The latest execution's wall time; of a running one, so far. ms */
  durationMs: z.number().optional(),
  /** Median of the succeeded ones in `recent` that are no sample data. ms */
  medianMs: z.number().optional(),
  /** Oldest first, ten at most. */
  recent: z.array(z.object({ id: z.string(), state: State, durationMs: z.number(), sample: z.boolean() })),
  /** Stages whose inbound transition is closed. */
  closedTransitions: z.array(z.string()),
  /** When an approval waits: since when, and when it runs out. */
  waitingSince: Instant.optional(),
  expiresAt: Instant.optional(),
  /** The data's age: when AWS last told it. */
  asOf: Instant,
  /** Why this row could not be refreshed. */
  problem: FailureShape.optional(),
})
export type PipelineRow = z.infer<typeof PipelineRow>

/** One source that could not be listed: a row of its own in the fleet, the others work on. */
export const FleetProblem = z.object({ account: AccountId, region: RegionName, failure: FailureShape })
export type FleetProblem = z.infer<typeof FleetProblem>

export const FleetUpdate = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('snapshot'),
    rows: z.array(PipelineRow),
    problems: z.array(FleetProblem),
    /** True until every account and region has been listed once, ever. */
    loading: z.boolean(),
    asOf: Instant,
  }),
  z.object({
    kind: z.literal('patch'),
    changed: z.array(PipelineRow),
    removed: z.array(PipelineKey),
    problems: z.array(FleetProblem),
    loading: z.boolean(),
    asOf: Instant,
  }),
])
export type FleetUpdate = z.infer<typeof FleetUpdate>

export const ActionDefinition = z.object({
  name: z.string(),
  category: z.string(),
  owner: z.string(),
  provider: z.string(),
  version: z.string(),
  runOrder: z.number().int(),
  region: z.string().optional(),
  roleArn: z.string().optional(),
  /** Account of `roleArn` where it is not the pipeline's own. */
  crossAccount: z.object({ id: z.string(), name: z.string() }).optional(),
  namespace: z.string().optional(),
  timeoutInMinutes: z.number().optional(),
  configuration: z.record(z.string(), z.string()),
  inputArtifacts: z.array(z.string()),
  outputArtifacts: z.array(z.string()),
})
export type ActionDefinition = z.infer<typeof ActionDefinition>

export const ConditionDefinition = z.object({
  kind: z.enum(['beforeEntry', 'onSuccess', 'onFailure']),
  result: z.string(),
  rules: z.array(z.object({ name: z.string(), provider: z.string() })),
})

export const StageDefinition = z.object({
  name: z.string(),
  actions: z.array(ActionDefinition),
  conditions: z.array(ConditionDefinition),
})
export type StageDefinition = z.infer<typeof StageDefinition>

/** The declaration as GetPipeline gives it, reduced to what the graph and the inspector show. */
export const Definition = z.object({
  version: z.number().int(),
  type: PipelineType,
  mode: ExecutionMode,
  roleArn: z.string(),
  artifactBuckets: z.array(z.string()),
  stages: z.array(StageDefinition),
  variables: z.array(
    z.object({ name: z.string(), defaultValue: z.string().optional(), description: z.string().optional() }),
  ),
  updatedAt: Instant.optional(),
})
export type Definition = z.infer<typeof Definition>

export const Transition = z.discriminatedUnion('open', [
  z.object({ open: z.literal(true) }),
  z.object({ open: z.literal(false), reason: z.string(), by: z.string().optional(), at: Instant.optional() }),
])
export type Transition = z.infer<typeof Transition>

/** Counts of a test report. */
export const TestCounts = z.object({
  total: z.number().int(),
  failed: z.number().int(),
  failures: z.array(z.object({ name: z.string(), message: z.string().optional() })),
})

/** One action as the graph shows it: its last known execution, or that of the chosen pipeline execution. */
export const ActionView = z.object({
  name: z.string(),
  state: State,
  actionExecutionId: z.string().optional(),
  /** The pipeline execution it belongs to: may be older than the stage's. */
  executionId: z.string().optional(),
  /** 1 for the first. */
  attempt: z.number().int().optional(),
  startedAt: Instant.optional(),
  updatedAt: Instant.optional(),
  durationMs: z.number().optional(),
  medianMs: z.number().optional(),
  p90Ms: z.number().optional(),
  summary: z.string().optional(),
  percentComplete: z.number().optional(),
  revision: Revision.optional(),
  externalId: z.string().optional(),
  externalUrl: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  by: z.string().optional(),
  tests: TestCounts.optional(),
  lastLogLine: z.string().optional(),
  /** A manual approval that waits for a person. */
  approval: z
    .object({ since: Instant, expiresAt: Instant, customData: z.string().optional(), link: z.string().optional() })
    .optional(),
})
export type ActionView = z.infer<typeof ActionView>

export const StageView = z.object({
  name: z.string(),
  state: State,
  /** AWS's own status word, where it has one. */
  status: z.string().optional(),
  executionId: z.string().optional(),
  transition: Transition,
  /** Executions that wait before the stage, front first. */
  inbound: z.array(z.string()),
  startedAt: Instant.optional(),
  durationMs: z.number().optional(),
  /** Attempts after the first. */
  retries: z.number().int(),
  conditions: z.array(
    z.object({
      kind: z.enum(['beforeEntry', 'onSuccess', 'onFailure']),
      status: z.string(),
      summary: z.string().optional(),
    }),
  ),
  actions: z.array(ActionView),
})
export type StageView = z.infer<typeof StageView>

/** Everything the Pipeline screen shows, either as of now or of one execution. */
export const PipelineView = z.object({
  row: PipelineRow,
  definition: Definition,
  /** `now`: what sits in each stage. Otherwise the execution that was asked for. */
  of: z.union([z.literal('now'), z.string()]),
  stages: z.array(StageView),
  executions: z.array(ExecutionSummary),
  variables: z.array(z.object({ namespace: z.string(), name: z.string(), value: z.string() })),
  consoleUrl: z.string(),
  asOf: Instant,
})
export type PipelineView = z.infer<typeof PipelineView>

/** One action execution in full, for the inspector (ListActionExecutions). */
export const ActionDetail = z.object({
  key: PipelineKey,
  stage: z.string(),
  action: z.string(),
  actionExecutionId: z.string(),
  executionId: z.string(),
  version: z.number().int().optional(),
  state: State,
  /** What kind of action it was then; absent in records of an older desk. */
  type: z.object({ category: z.string(), owner: z.string(), provider: z.string() }).optional(),
  startedAt: Instant,
  updatedAt: Instant,
  by: z.string().optional(),
  configuration: z.record(z.string(), z.string()),
  resolvedConfiguration: z.record(z.string(), z.string()),
  roleArn: z.string().optional(),
  region: z.string().optional(),
  inputArtifacts: z.array(z.object({ name: z.string(), bucket: z.string().optional(), key: z.string().optional() })),
  outputArtifacts: z.array(z.object({ name: z.string(), bucket: z.string().optional(), key: z.string().optional() })),
  outputVariables: z.record(z.string(), z.string()),
  /** Made by the sample generator in simulated time; shown as such. */
  sample: z.boolean(),
  externalId: z.string().optional(),
  externalUrl: z.string().optional(),
  externalSummary: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  tests: TestCounts.optional(),
  /** A page that the action deployed and that can be opened, e.g. an S3 website. */
  deployedUrl: z.string().optional(),
  log: z.object({ group: z.string(), stream: z.string() }).optional(),
})
export type ActionDetail = z.infer<typeof ActionDetail>

export const LogLine = z.object({ number: z.number().int(), at: Instant, text: z.string() })
export type LogLine = z.infer<typeof LogLine>

export const LogUpdate = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lines'), lines: z.array(LogLine) }),
  /** The action has no log, or not yet. */
  z.object({ kind: z.literal('none'), why: z.string() }),
  z.object({ kind: z.literal('end') }),
])
export type LogUpdate = z.infer<typeof LogUpdate>
