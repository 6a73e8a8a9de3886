import { assertNever } from '../../base/assertNever.ts'
import { actionInProgress, failAction, reportAction, succeedAction } from './actions.ts'
import { endRule, putRule, ruleInProgress } from './conditions.ts'
import { changeDefinition } from './definition.ts'
import { Draft } from './draft.ts'
import { advance } from './lifecycle.ts'
import type { PipelineEvent, PipelineState, Stamped, Step } from './model.ts'
import { overrideCondition } from './override.ts'
import { retryStage } from './retry.ts'
import { rollBack } from './rollback.ts'
import { startExecution } from './start.ts'
import { stopExecution } from './stop.ts'
import { timeOut } from './timedOut.ts'
import { closeTransition, openTransition } from './transitions.ts'

export { emptyState } from './definition.ts'

/**
 * Everything that CodePipeline decides: what a pipeline becomes by an event, and what is to be done about it. No clock,
 * no randomness, no IO; `state` is never changed. News that comes too late or twice changes nothing.
 */
export function step(state: PipelineState, { at, seed, event }: Stamped): Step {
  const draft = new Draft(state, at, seed)
  apply(draft, event)
  for (let id = draft.nextToAdvance(); id !== undefined; id = draft.nextToAdvance()) advance(draft, id)
  return draft.finish()
}

function apply(draft: Draft, event: PipelineEvent): void {
  switch (event.kind) {
    case 'definitionChanged':
      return changeDefinition(draft, event.plan)
    case 'executionStarted':
      return startExecution(draft, event)
    case 'rollbackStarted':
      return rollBack(draft, event.executionId, event.stage, event.target, event.trigger)
    case 'stopRequested':
      return stopExecution(draft, event)
    case 'stageRetried':
      return retryStage(draft, event)
    case 'transitionDisabled':
      return closeTransition(draft, event.stage, event.reason, event.by)
    case 'transitionEnabled':
      return openTransition(draft, event.stage, event.by)
    case 'conditionOverridden':
      return overrideCondition(draft, event)
    case 'actionReported':
    case 'actionSucceeded':
    case 'actionFailed':
      return hearOfAction(draft, event)
    case 'ruleReported':
    case 'ruleEnded':
      return hearOfRule(draft, event)
    case 'timedOut':
      return timeOut(draft, event.what, event.id)
    default:
      assertNever(event, 'event')
  }
}

function hearOfAction(
  draft: Draft,
  event: PipelineEvent & { kind: 'actionReported' | 'actionSucceeded' | 'actionFailed' },
): void {
  const attempt = actionInProgress(draft, event.actionExecutionId)
  if (!attempt) return
  if (event.kind === 'actionReported') return reportAction(draft, attempt, event.report)
  if (event.kind === 'actionSucceeded') succeedAction(draft, attempt, event.result, event)
  else failAction(draft, attempt, event.error, event)
  draft.advanceLater(attempt.executionId)
}

function hearOfRule(draft: Draft, event: PipelineEvent & { kind: 'ruleReported' | 'ruleEnded' }): void {
  const rule = ruleInProgress(draft, event.ruleExecutionId)
  if (!rule) return
  if (event.kind === 'ruleReported') {
    return putRule(draft, { ...rule, report: { ...rule.report, ...event.report }, updatedAt: draft.at })
  }
  endRule(draft, rule, event.passed, event.error)
  draft.advanceLater(rule.executionId)
}
