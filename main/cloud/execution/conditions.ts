import { artifactsOf } from './actions.ts'
import type { Draft } from './draft.ts'
import type {
  ConditionExecution,
  ConditionKind,
  ConditionPlan,
  ConditionStatus,
  ErrorDetails,
  RuleExecution,
  RulePlan,
} from './model.ts'
import { own } from './records.ts'
import { ruleDeadline } from './timeouts.ts'
import { resolveList, resolveRecord, scopeOf } from './variables.ts'

const kinds: readonly ConditionKind[] = ['beforeEntry', 'onSuccess', 'onFailure']

/** Starts every rule of a condition; they run as a set (fact sheet, 3.4). */
export function startCondition(
  draft: Draft,
  id: string,
  stage: string,
  kind: ConditionKind,
  plan: ConditionPlan,
): void {
  const rules = plan.rules.map(rule => startRule(draft, id, stage, kind, rule))
  const condition: ConditionExecution = { status: 'InProgress', startedAt: draft.at, updatedAt: draft.at, rules }
  draft.putCondition(id, stage, kind, decided(draft, condition))
  draft.advanceLater(id)
}

function startRule(draft: Draft, id: string, stage: string, condition: ConditionKind, plan: RulePlan): RuleExecution {
  const rule: RuleExecution = {
    id: draft.newId(),
    executionId: id,
    stage,
    condition,
    rule: plan.name,
    status: 'InProgress',
    startedAt: draft.at,
    updatedAt: draft.at,
    resolvedConfiguration: plan.configuration,
    inputArtifacts: [],
    report: {},
  }
  const execution = draft.execution(id)
  if (!execution) return rule
  const configuration = resolveRecord(plan.configuration, scopeOf(execution))
  if (!configuration.ok) return { ...rule, status: 'Failed', error: configuration.error }
  const artifacts = artifactsOf(execution, plan.inputArtifacts)
  if (!artifacts.ok) return { ...rule, status: 'Failed', error: artifacts.error }
  const commands = resolveList(plan.commands ?? [], scopeOf(execution))
  if (!commands.ok) return { ...rule, status: 'Failed', error: commands.error }
  const started: RuleExecution = {
    ...rule,
    resolvedConfiguration: configuration.value,
    inputArtifacts: artifacts.value,
    ...(plan.commands ? { resolvedCommands: commands.value } : {}),
  }
  draft.emit({ kind: 'startRule', executionId: id, stage, condition, ruleExecutionId: rule.id })
  draft.emit({ kind: 'wakeAt', at: ruleDeadline(plan, started), what: 'rule', id: rule.id })
  return started
}

/** The rule with this id in a live execution, while it is in progress. */
export function ruleInProgress(draft: Draft, id: string): RuleExecution | undefined {
  for (const executionId in draft.state.executions) {
    const execution = draft.execution(executionId)
    if (execution?.position.at !== 'inside') continue
    const passage = own(execution.stages, execution.position.stage)
    for (const kind of kinds) {
      const rule = passage?.conditions[kind]?.rules.find(candidate => candidate.id === id)
      if (rule) return rule.status === 'InProgress' ? rule : undefined
    }
  }
  return undefined
}

/** Replaces a rule by its next self; the condition is decided with its last one. */
export function putRule(draft: Draft, rule: RuleExecution): void {
  const { executionId, stage, condition: kind } = rule
  const execution = draft.execution(executionId)
  const condition = execution && own(execution.stages, stage)?.conditions[kind]
  if (!condition) return
  const rules = condition.rules.map(other => (other.id === rule.id ? rule : other))
  draft.putCondition(executionId, stage, kind, decided(draft, { ...condition, rules, updatedAt: draft.at }))
}

export function endRule(draft: Draft, rule: RuleExecution, passed: boolean, error?: ErrorDetails): void {
  const ended: RuleExecution = { ...rule, status: passed ? 'Succeeded' : 'Failed', updatedAt: draft.at }
  putRule(draft, error ? { ...ended, error } : ended)
}

/** All rules must pass. UNCONFIRMED: a failed rule lets the others of its set finish, as a failed action does. */
function decided(draft: Draft, condition: ConditionExecution): ConditionExecution {
  if (condition.rules.some(rule => rule.status === 'InProgress')) return condition
  const failed = condition.rules.find(rule => rule.status !== 'Succeeded')
  if (!failed) return { ...condition, status: 'Succeeded', updatedAt: draft.at }
  const summary = failed.error?.message ?? failed.report.summary
  return { ...condition, status: 'Failed', updatedAt: draft.at, ...(summary === undefined ? {} : { summary }) }
}

/** Ends the rules that are in progress in a stage: the execution is stopped or cancelled. */
export function abandonConditions(
  draft: Draft,
  id: string,
  stage: string,
  status: Extract<ConditionStatus, 'Abandoned' | 'Cancelled'>,
): void {
  for (const kind of kinds) {
    const execution = draft.execution(id)
    const condition = execution && own(execution.stages, stage)?.conditions[kind]
    if (condition?.status !== 'InProgress') continue
    const rules = condition.rules.map((rule): RuleExecution => {
      if (rule.status !== 'InProgress') return rule
      draft.emit({ kind: 'releaseRule', ruleExecutionId: rule.id })
      return { ...rule, status: 'Abandoned', updatedAt: draft.at }
    })
    draft.putCondition(id, stage, kind, { ...condition, status, rules, updatedAt: draft.at })
  }
}
