import { assertNever } from '../../base/assertNever.ts'
import { progressOf, startAction } from './actions.ts'
import { startCondition } from './conditions.ts'
import type { Draft } from './draft.ts'
import { endExecution, endPassage } from './ending.ts'
import { admit, arrive, unlock } from './entering.ts'
import type { ConditionKind, ConditionPlan, Execution, StageExecution, StagePlan } from './model.ts'
import { takesTurns } from './modes.ts'
import { own } from './records.ts'
import { retryAutomatically } from './retry.ts'
import { rollBackAutomatically, targetOf } from './rollback.ts'

type Phase = (Execution['position'] & { at: 'inside' })['phase']

/** One execution inside one stage, as it stands while it advances. */
interface Visit {
  execution: Execution
  stage: string
  plan: StagePlan
  passage: StageExecution
}

/**
 * Takes the next step that an execution inside a stage is due, if it is due any (fact sheet, 3.2, steps 4 to 7):
 * entry condition, actions by run order, then the success or the failure condition, then on to the next stage.
 */
export function advance(draft: Draft, id: string): void {
  const execution = draft.execution(id)
  if (execution?.position.at !== 'inside') return
  const { stage, phase } = execution.position
  const passage = own(execution.stages, stage)
  const plan = draft.stagePlan(execution, stage)
  if (!passage || !plan) return
  const visit: Visit = { execution, stage, plan: rulesFor(execution, plan), passage }
  if (execution.stop || execution.cancelling) return endEarly(draft, visit)
  switch (phase) {
    case 'beforeEntry':
      return checkEntry(draft, visit)
    case 'actions':
      return workOff(draft, visit)
    case 'onSuccess':
      return checkSuccess(draft, visit)
    case 'onFailure':
      return checkFailure(draft, visit)
    default:
      assertNever(phase, 'phase')
  }
}

/**
 * A rollback repeats what was let through before: no condition holds it up, and its own failure rolls nothing back.
 * UNCONFIRMED: whether AWS evaluates the stage's conditions for a ROLLBACK execution.
 */
function rulesFor(execution: Execution, plan: StagePlan): StagePlan {
  return execution.type === 'ROLLBACK' ? { name: plan.name, actions: plan.actions } : plan
}

/** UNCONFIRMED: a stage that nobody entered, or that succeeded but for its condition, has no use for its `onFailure`. */
function checkEntry(draft: Draft, visit: Visit): void {
  const outcome = check(draft, visit, 'beforeEntry', visit.plan.beforeEntry)
  if (outcome === 'pending') return
  if (outcome === 'met') return goOn(draft, visit, 'actions')
  if (outcome === 'SKIP') {
    endPassage(draft, visit.execution.id, visit.stage, 'Skipped')
    return moveOn(draft, visit)
  }
  fail(draft, visit, outcome)
}

function workOff(draft: Draft, visit: Visit): void {
  const progress = progressOf(visit.plan, visit.passage, visit.execution.mode)
  if (progress.kind === 'failed') return goOn(draft, visit, 'onFailure')
  if (progress.kind === 'succeeded') return goOn(draft, visit, 'onSuccess')
  if (progress.next.length === 0) return
  for (const action of progress.next) startAction(draft, visit.execution.id, visit.stage, action)
  draft.advanceLater(visit.execution.id)
}

function checkSuccess(draft: Draft, visit: Visit): void {
  const outcome = check(draft, visit, 'onSuccess', visit.plan.onSuccess)
  if (outcome === 'pending') return
  if (outcome === 'met') return succeed(draft, visit)
  fail(draft, visit, outcome)
}

function checkFailure(draft: Draft, visit: Visit): void {
  const { onFailure } = visit.plan
  if (onFailure?.result === 'RETRY' && visit.passage.autoRetries === 0) {
    return retryAutomatically(draft, visit.execution.id, visit.stage, onFailure.retryMode ?? 'FAILED_ACTIONS')
  }
  const outcome = check(draft, visit, 'onFailure', onFailure?.condition)
  if (outcome === 'pending') return
  fail(draft, visit, outcome === 'met' ? (onFailure?.result ?? 'FAIL') : outcome)
}

/** Whether a condition is met, still being found out, or not met: then its result fires. */
function check(
  draft: Draft,
  { execution, stage, passage }: Visit,
  kind: ConditionKind,
  plan: ConditionPlan | undefined,
): 'met' | 'pending' | ConditionPlan['result'] {
  if (!plan) return 'met'
  const condition = passage.conditions[kind]
  switch (condition?.status) {
    case undefined:
      startCondition(draft, execution.id, stage, kind, plan)
      return 'pending'
    case 'InProgress':
      return 'pending'
    case 'Succeeded':
    case 'Overridden':
      return 'met'
    case 'Failed':
    case 'Errored':
    case 'Cancelled':
    case 'Abandoned':
      return plan.result
    default:
      return assertNever(condition as never, 'condition')
  }
}

function goOn(draft: Draft, { execution, stage }: Visit, phase: Phase): void {
  draft.patchExecution(execution.id, { position: { at: 'inside', stage, phase } })
  draft.advanceLater(execution.id)
}

function succeed(draft: Draft, visit: Visit): void {
  const { execution, stage } = visit
  endPassage(draft, execution.id, stage, 'Succeeded')
  if (takesTurns(execution.mode) && execution.version === draft.state.version) {
    draft.patchStage(stage, { lastSucceeded: targetOf(execution) })
  }
  moveOn(draft, visit)
}

/** Frees the stage, stands before the next one, and only then lets the next execution into the freed one. */
function moveOn(draft: Draft, { execution, stage }: Visit): void {
  const stages = draft.planOf(execution)?.stages ?? []
  const next = stages[stages.findIndex(plan => plan.name === stage) + 1]
  // UNCONFIRMED: a rollback concerns its one stage and does not go on into later ones.
  if (!next || execution.type === 'ROLLBACK') return endExecution(draft, execution.id, 'Succeeded')
  unlock(draft, execution.id, stage)
  arrive(draft, execution.id, next.name)
  admit(draft, stage)
}

function fail(draft: Draft, { execution, stage }: Visit, result: ConditionPlan['result']): void {
  endPassage(draft, execution.id, stage, 'Failed')
  if (result === 'ROLLBACK') rollBackAutomatically(draft, execution, stage)
  else endExecution(draft, execution.id, 'Failed')
}

/** Stopped, or its definition changed: it ends as soon as none of its actions is in progress. */
function endEarly(draft: Draft, { execution, stage, passage }: Visit): void {
  if (Object.values(passage.actions).some(action => action.status === 'InProgress')) return
  const status = execution.stop ? 'Stopped' : 'Cancelled'
  endPassage(draft, execution.id, stage, status)
  endExecution(draft, execution.id, status)
}
