import { actionInProgress, failAction } from './actions.ts'
import { endRule, ruleInProgress } from './conditions.ts'
import type { Draft } from './draft.ts'
import type { ErrorDetails } from './model.ts'
import { actionDeadline, ruleDeadline } from './timeouts.ts'

/** A wake-up fell due. The deadline may have moved on since it was asked for: then it is asked for again. */
export function timeOut(draft: Draft, what: 'action' | 'rule', id: string): void {
  if (what === 'action') timeOutAction(draft, id)
  else timeOutRule(draft, id)
}

function timeOutAction(draft: Draft, id: string): void {
  const attempt = actionInProgress(draft, id)
  const execution = attempt && draft.execution(attempt.executionId)
  const plan = execution && draft.stagePlan(execution, attempt.stage)?.actions.find(a => a.name === attempt.action)
  if (!plan) return
  const deadline = actionDeadline(plan, attempt)
  if (draft.at < deadline) return draft.emit({ kind: 'wakeAt', at: deadline, what: 'action', id })
  failAction(draft, attempt, late(attempt.startedAt, deadline))
  draft.emit({ kind: 'releaseAction', actionExecutionId: id, abandon: false })
  draft.advanceLater(attempt.executionId)
}

function timeOutRule(draft: Draft, id: string): void {
  const rule = ruleInProgress(draft, id)
  const execution = rule && draft.execution(rule.executionId)
  const plan = execution && draft.stagePlan(execution, rule.stage)?.[rule.condition]
  const rules = plan && 'rules' in plan ? plan.rules : plan?.condition?.rules
  const rulePlan = rules?.find(({ name }) => name === rule?.rule)
  if (!rule || !rulePlan) return
  const deadline = ruleDeadline(rulePlan, rule)
  if (draft.at < deadline) return draft.emit({ kind: 'wakeAt', at: deadline, what: 'rule', id })
  endRule(draft, rule, false, late(rule.startedAt, deadline))
  draft.emit({ kind: 'releaseRule', ruleExecutionId: id })
  draft.advanceLater(rule.executionId)
}

// UNCONFIRMED: code and sentence; a timeout is "treated as failed" (fact sheet, 3.5).
function late(from: number, deadline: number): ErrorDetails {
  const minutes = Math.round((deadline - from) / 60_000)
  return { code: 'JobFailed', message: `The action timed out after ${minutes} minutes` }
}
