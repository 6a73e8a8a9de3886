import type {
  ActionExecution,
  ActionPlan,
  ActionReport,
  ActionResult,
  Execution,
  PipelinePlan,
} from '../execution/model.ts'

/** A pipeline of the cloud. `id` outlives nothing: a pipeline made again under the same name is another one. */
export interface PipelineRef {
  id: number
  account: string
  region: string
  name: string
}

/** `arn:aws:codepipeline:R:A:NAME`; no `pipeline/` in it (fact sheet, section 6). */
export const pipelineArn = ({ account, region, name }: Pick<PipelineRef, 'account' | 'region' | 'name'>) =>
  `arn:aws:codepipeline:${region}:${account}:${name}`

/** One attempt of one action, as its provider sees it. */
export interface ActionJob {
  pipeline: PipelineRef
  /** The definition version that the execution goes by. Its service role acts unless the action has one of its own. */
  plan: PipelinePlan
  execution: Execution
  action: ActionPlan
  attempt: ActionExecution
  /** Tells how it goes on; durable before it returns. */
  report(report: ActionReport): void
  /** Aborted when nobody waits for the action any more: released, or the cloud stops. What it throws then is ignored. */
  signal: AbortSignal
}

/** How an action ended well, or that somebody else will say so (an approver, a job worker). */
export type Outcome = { kind: 'succeeded'; result: ActionResult; summary?: string } | { kind: 'pending' }

/**
 * What an action can be. `start` may be called again for the same attempt after a crash, so it must find what it
 * began rather than begin twice: `attempt.id` is its idempotency token. Fails by throwing an {@link ActionFailure}.
 */
export interface Provider {
  start(job: ActionJob): Promise<Outcome>
  /** Goes on with an attempt that had reported an external execution before the process ended. Default: `start`. */
  resume?(job: ActionJob): Promise<Outcome>
  /** Ends the outside work of an attempt that timed out. Never called for an abandoned one: AWS lets that go on. */
  release?(job: Pick<ActionJob, 'pipeline' | 'action' | 'attempt'>): Promise<void>
}

/** The only switch on what an action can be. */
export interface Providers {
  for(action: ActionPlan): Provider
}

/** Why an action failed: `errorDetails` of its execution (fact sheet, section 6). */
export class ActionFailure extends Error {
  readonly code: string
  /** Shown beside the action; the message where it is absent. */
  readonly summary: string | undefined

  constructor(
    code: 'ConfigurationError' | 'PermissionError' | 'JobFailed' | 'RevisionUnavailable' | 'InternalError',
    message: string,
    options: { summary?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'ActionFailure'
    this.code = code
    this.summary = options.summary
  }
}

/** A result without artifacts or variables. */
export const nothingMade: ActionResult = { artifacts: [], variables: {} }
