import type { Millis } from '../../base/clock.ts'

export type { Announcement, Effect, PipelineEvent, Stamped, StateChange, Step } from './stepModel.ts'

/**
 * What the pure machine knows. Names and values are CodePipeline's own (API reference, data types), so that reads
 * such as GetPipelineState project this without translating.
 */

export type ExecutionMode = 'SUPERSEDED' | 'QUEUED' | 'PARALLEL'
export type ActionCategory = 'Source' | 'Build' | 'Deploy' | 'Test' | 'Invoke' | 'Approval' | 'Compute'
export type RetryMode = 'FAILED_ACTIONS' | 'ALL_ACTIONS'

export interface ActionTypeId {
  category: ActionCategory
  owner: 'AWS' | 'ThirdParty' | 'Custom'
  provider: string
  version: string
}

/** One action of one definition version, as the engine runs it. */
export interface ActionPlan {
  name: string
  type: ActionTypeId
  runOrder: number
  configuration: Readonly<Record<string, string>>
  inputArtifacts: readonly string[]
  outputArtifacts: readonly string[]
  /** Commands actions: which files each output artifact is made of, by its name. */
  outputFiles?: Readonly<Record<string, readonly string[]>>
  namespace?: string
  region?: string
  roleArn?: string
  timeoutInMinutes?: number
  commands?: readonly string[]
  outputVariables?: readonly string[]
  environmentVariables?: readonly EnvironmentVariable[]
}

export interface EnvironmentVariable {
  name: string
  value: string
  type?: 'PLAINTEXT' | 'SECRETS_MANAGER'
}

export interface RulePlan {
  name: string
  provider: string
  configuration: Readonly<Record<string, string>>
  inputArtifacts: readonly string[]
  commands?: readonly string[]
  region?: string
  roleArn?: string
  timeoutInMinutes?: number
}

export interface ConditionPlan {
  result: 'ROLLBACK' | 'FAIL' | 'RETRY' | 'SKIP'
  rules: readonly RulePlan[]
}

export interface StagePlan {
  name: string
  /** Ascending run order; equal numbers run side by side. */
  actions: readonly ActionPlan[]
  beforeEntry?: ConditionPlan
  onSuccess?: ConditionPlan
  onFailure?: { result?: 'ROLLBACK' | 'RETRY'; retryMode?: RetryMode; condition?: ConditionPlan }
}

/** One version of a definition, ready to run. Made by `plan.ts` from the declaration. */
export interface PipelinePlan {
  name: string
  version: number
  mode: ExecutionMode
  roleArn: string
  stages: readonly StagePlan[]
  variables: readonly { name: string; defaultValue?: string }[]
}

export interface Artifact {
  name: string
  bucket: string
  key: string
  /** The bucket's region: an artifact may be copied to a cross-region store. */
  region?: string
}

export interface SourceRevision {
  actionName: string
  revisionId: string
  revisionSummary?: string
  revisionUrl?: string
}

/** A revision that the caller of StartPipelineExecution pinned for one source action. */
export interface SourceRevisionOverride {
  actionName: string
  revisionType: 'COMMIT_ID' | 'IMAGE_DIGEST' | 'S3_OBJECT_VERSION_ID' | 'S3_OBJECT_KEY'
  revisionValue: string
}

export type TriggerType =
  | 'CreatePipeline'
  | 'StartPipelineExecution'
  | 'PollForSourceChanges'
  | 'Webhook'
  | 'CloudWatchEvent'
  | 'PutActionRevision'
  | 'WebhookV2'
  | 'ManualRollback'
  | 'AutomatedRollback'

export interface Trigger {
  type: TriggerType
  detail: string
  /** What was pushed, where a connection brought it. */
  push?: Push
}

/** A commit that came by way of a connection, to a branch or as a tag. */
export interface Push {
  connectionArn: string
  /** `OWNER/NAME` */
  repository: string
  /** `GitHub`, `GitLab`… */
  provider: string
  commitId: string
  message: string
  author: { name: string; email: string; at: Millis }
  branch?: string
  tag?: string
}

export interface ErrorDetails {
  code: string
  message: string
}

/** What an action left behind when it ended well. */
export interface ActionResult {
  artifacts: readonly Artifact[]
  variables: Readonly<Record<string, string>>
  revision?: SourceRevision
}

/** What a provider tells of an action while it runs. */
export interface ActionReport {
  externalExecutionId?: string
  externalExecutionUrl?: string
  summary?: string
  percentComplete?: number
  /** Commands: where what they print is logged. */
  logStreamArn?: string
}

export type ActionStatus = 'InProgress' | 'Abandoned' | 'Succeeded' | 'Failed'

export interface ActionExecution {
  id: string
  executionId: string
  stage: string
  action: string
  status: ActionStatus
  startedAt: Millis
  updatedAt: Millis
  /** The action's configuration with every `#{namespace.key}` replaced. */
  resolvedConfiguration: Readonly<Record<string, string>>
  /** The action's commands and environment variables, resolved likewise. */
  resolvedCommands?: readonly string[]
  resolvedEnvironmentVariables?: readonly EnvironmentVariable[]
  inputArtifacts: readonly Artifact[]
  report: ActionReport
  /** When the provider last told of it: a Lambda function must speak every 20 minutes. */
  reportedAt?: Millis
  result?: ActionResult
  error?: ErrorDetails
  /** Manual approval only: what PutApprovalResult must present. */
  token?: string
  /** ARN of who decided or stopped it. */
  updatedBy?: string
}

export type StageStatus = 'Cancelled' | 'InProgress' | 'Failed' | 'Stopped' | 'Stopping' | 'Succeeded' | 'Skipped'
export type ExecutionStatus =
  | 'Cancelled'
  | 'InProgress'
  | 'Stopped'
  | 'Stopping'
  | 'Succeeded'
  | 'Superseded'
  | 'Failed'

export type ConditionKind = 'beforeEntry' | 'onSuccess' | 'onFailure'
export type ConditionStatus =
  | 'InProgress'
  | 'Failed'
  | 'Errored'
  | 'Succeeded'
  | 'Cancelled'
  | 'Abandoned'
  | 'Overridden'

export interface RuleExecution {
  id: string
  executionId: string
  stage: string
  condition: ConditionKind
  rule: string
  status: 'InProgress' | 'Abandoned' | 'Succeeded' | 'Failed'
  startedAt: Millis
  updatedAt: Millis
  resolvedConfiguration: Readonly<Record<string, string>>
  resolvedCommands?: readonly string[]
  inputArtifacts: readonly Artifact[]
  report: ActionReport
  error?: ErrorDetails
}

export interface ConditionExecution {
  status: ConditionStatus
  startedAt: Millis
  updatedAt: Millis
  summary?: string
  rules: readonly RuleExecution[]
}

/** One execution's passage through one stage. */
export interface StageExecution {
  status: StageStatus
  startedAt: Millis
  updatedAt: Millis
  /** The latest attempt of each action that this execution started here, by action name. */
  actions: Readonly<Record<string, ActionExecution>>
  conditions: Readonly<Partial<Record<ConditionKind, ConditionExecution>>>
  autoRetries: number
  manualRetries: number
  latestRetry?: 'AutomatedStageRetry' | 'ManualStageRetry'
  latestRetryAt?: Millis
}

/** Where an execution stands. `inside` holds the stage's lock (PARALLEL has none). */
export type Position =
  | { at: 'waiting'; stage: string; since: Millis }
  | { at: 'inside'; stage: string; phase: 'beforeEntry' | 'actions' | 'onSuccess' | 'onFailure' }
  | { at: 'ended' }

export interface Execution {
  id: string
  version: number
  mode: ExecutionMode
  type: 'STANDARD' | 'ROLLBACK'
  rollbackTarget?: string
  trigger: Trigger
  status: ExecutionStatus
  statusSummary?: string
  /** EventBridge's `pipeline-execution-attempt`: 1, and one more with each retry of a stage. */
  attempt: number
  startedAt: Millis
  updatedAt: Millis
  position: Position
  variables: Readonly<Record<string, string>>
  overrides: readonly SourceRevisionOverride[]
  revisions: readonly SourceRevision[]
  /** Artifacts made so far, by name. */
  artifacts: Readonly<Record<string, Artifact>>
  /** Output variables so far, by namespace. */
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>
  stages: Readonly<Record<string, StageExecution>>
  stop?: { abandon: boolean; reason?: string; by: string; at: Millis }
  /** The definition changed under it: it ends `Cancelled` as soon as no action is in progress. */
  cancelling?: true
}

export type Transition =
  | { enabled: true; by?: string; at?: Millis }
  | { enabled: false; reason: string; by: string; at: Millis }

/** What a rollback needs of an execution that once succeeded in a stage. */
export interface RollbackTarget {
  executionId: string
  version: number
  revisions: readonly SourceRevision[]
  variables: Readonly<Record<string, string>>
  artifacts: Readonly<Record<string, Artifact>>
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface StageState {
  inboundTransition: Transition
  /** Executions that wait before this stage, front first. */
  inbound: readonly string[]
  /** The execution that holds the lock. */
  holder?: string
  /** The execution last seen inside; it may be the holder. */
  latest?: string
  /** The most recent one that succeeded here under the current version. */
  lastSucceeded?: RollbackTarget
  /** Each action's last known execution, which may be of an older execution than `latest`. */
  actions: Readonly<Record<string, ActionExecution>>
}

/** Everything about one pipeline that can still change something. Ended executions leave it once nothing refers to them. */
export interface PipelineState {
  /** The current definition's version. */
  version: number
  plans: Readonly<Record<number, PipelinePlan>>
  executions: Readonly<Record<string, Execution>>
  stages: Readonly<Record<string, StageState>>
}
