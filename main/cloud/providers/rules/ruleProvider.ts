import type { ActionReport, Execution, PipelinePlan, RuleExecution, RulePlan } from '../../execution/model.ts'
import type { PipelineRef } from '../provider.ts'

/** One run of one rule of a condition. */
export interface RuleJob {
  pipeline: PipelineRef
  plan: PipelinePlan
  execution: Execution
  rule: RulePlan
  run: RuleExecution
  /** Tells how it goes on; durable before it returns. */
  report(report: ActionReport): void
  signal: AbortSignal
}

/** How a rule came out; pending where somebody else will say so (a function). */
export type RuleOutcome =
  | { passed: true }
  | { passed: false; error: { code: string; message: string } }
  | { pending: true }

/** Decides a rule. May be asked again for the same run after a crash. An `ActionFailure` is a rule that did not pass. */
export interface RuleProvider {
  check(job: RuleJob): Promise<RuleOutcome>
}

export interface RuleProviders {
  for(rule: RulePlan): RuleProvider
}

/** What is wrong with a rule's own configuration: it does not pass. */
export const misconfigured = (message: string): RuleOutcome => ({
  passed: false,
  error: { code: 'ConfigurationError', message },
})
