import type { Millis } from '../../base/clock.ts'
import type {
  ActionExecution,
  ActionReport,
  ActionResult,
  ConditionKind,
  ErrorDetails,
  Execution,
  PipelinePlan,
  PipelineState,
  RetryMode,
  RollbackTarget,
  RuleExecution,
  SourceRevisionOverride,
  Trigger,
} from './model.ts'

/** What goes into a step of the machine, and what comes out of it. */

/**
 * What can happen to a pipeline. Requests that AWS would refuse are answered by `refuse.ts` before they become events; an event that reaches `step` is a fact.
 */
export type PipelineEvent =
  | { kind: 'definitionChanged'; plan: PipelinePlan }
  | {
      kind: 'executionStarted'
      executionId: string
      trigger: Trigger
      variables: Readonly<Record<string, string>>
      overrides: readonly SourceRevisionOverride[]
    }
  | { kind: 'rollbackStarted'; executionId: string; stage: string; target: RollbackTarget; trigger: Trigger }
  | { kind: 'stopRequested'; executionId: string; abandon: boolean; reason?: string | undefined; by: string }
  | { kind: 'stageRetried'; executionId: string; stage: string; mode: RetryMode; by: string }
  | { kind: 'transitionDisabled'; stage: string; reason: string; by: string }
  | { kind: 'transitionEnabled'; stage: string; by: string }
  | {
      kind: 'conditionOverridden'
      executionId: string
      stage: string
      condition: 'BEFORE_ENTRY' | 'ON_SUCCESS'
      by: string
    }
  | { kind: 'actionReported'; actionExecutionId: string; report: ActionReport }
  | { kind: 'actionSucceeded'; actionExecutionId: string; result: ActionResult; by?: string; summary?: string }
  | { kind: 'actionFailed'; actionExecutionId: string; error: ErrorDetails; by?: string; summary?: string }
  | { kind: 'ruleReported'; ruleExecutionId: string; report: ActionReport }
  | { kind: 'ruleEnded'; ruleExecutionId: string; passed: boolean; error?: ErrorDetails }
  | { kind: 'timedOut'; what: 'action' | 'rule'; id: string }

/** An event with the time it happened and the seed from which the machine derives new ids, so that a replay gives the same. */
export interface Stamped<E = PipelineEvent> {
  at: Millis
  seed: string
  event: E
}

/** EventBridge's three detail types (fact sheet, section 9). */
export type StateChange =
  | {
      level: 'Pipeline'
      executionId: string
      state: 'STARTED' | 'RESUMED' | 'SUCCEEDED' | 'FAILED' | 'STOPPING' | 'STOPPED' | 'SUPERSEDED' | 'CANCELED'
    }
  | {
      level: 'Stage'
      executionId: string
      stage: string
      state: 'STARTED' | 'RESUMED' | 'SUCCEEDED' | 'FAILED' | 'STOPPING' | 'STOPPED' | 'CANCELED'
    }
  | {
      level: 'Action'
      executionId: string
      stage: string
      action: string
      actionExecutionId: string
      state: 'STARTED' | 'SUCCEEDED' | 'FAILED' | 'ABANDONED'
    }

/** A change to be told of, with the execution's attempt when it happened: a failure may begin the next in the same step. */
export interface Announcement {
  change: StateChange
  attempt: number
}

/** What the runner must do once the event is durable. Effects are data; doing one twice must do no harm. */
export type Effect =
  | { kind: 'startAction'; executionId: string; actionExecutionId: string }
  /** The machine no longer waits for it. `abandon` leaves the outside work alone, as AWS does. */
  | { kind: 'releaseAction'; actionExecutionId: string; abandon: boolean }
  | { kind: 'startRule'; executionId: string; stage: string; condition: ConditionKind; ruleExecutionId: string }
  | { kind: 'releaseRule'; ruleExecutionId: string }
  | { kind: 'wakeAt'; at: Millis; what: 'action' | 'rule'; id: string }
  | ({ kind: 'announce' } & Announcement)

/**
 * The next state, what to do, and the records that changed as they are now (for the history that outlives the state:
 * an execution may leave the state in the very step that ends it).
 */
export interface Step {
  state: PipelineState
  /** The definitions that the step went by; the state drops those that nobody runs any more. */
  plans: PipelineState['plans']
  effects: readonly Effect[]
  changed: {
    executions: readonly Execution[]
    actions: readonly ActionExecution[]
    rules: readonly RuleExecution[]
  }
}
