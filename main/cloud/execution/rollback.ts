import type { Draft } from './draft.ts'
import { closeExecution, endExecution } from './ending.ts'
import { enter } from './entering.ts'
import type { Execution, RollbackTarget, Trigger } from './model.ts'
import { takesTurns } from './modes.ts'

/**
 * What a later rollback to this stage would replay. After a rollback it is what was rolled back to: that is what now
 * runs there, and a ROLLBACK execution can't itself be a target (fact sheet, 3.3).
 */
export function targetOf(execution: Execution): RollbackTarget {
  const { id, rollbackTarget, version, revisions, variables, artifacts, outputs } = execution
  return { executionId: rollbackTarget ?? id, version, revisions, variables, artifacts, outputs }
}

/**
 * Starts an execution of type ROLLBACK in one stage, past whoever waits before it and past a closed transition. Does
 * nothing where the stage is taken: `refuseRollback` has said so to whoever asked.
 */
export function rollBack(draft: Draft, id: string, stage: string, target: RollbackTarget, trigger: Trigger): void {
  const plan = draft.state.plans[draft.state.version]
  if (!plan || !takesTurns(plan.mode) || !plan.stages.some(({ name }) => name === stage)) return
  const state = draft.stage(stage)
  if (!state || state.holder !== undefined || draft.execution(id)) return
  draft.putExecution({
    id,
    version: plan.version,
    mode: plan.mode,
    type: 'ROLLBACK',
    rollbackTarget: target.executionId,
    trigger,
    status: 'InProgress',
    attempt: 1,
    startedAt: draft.at,
    updatedAt: draft.at,
    position: { at: 'waiting', stage, since: draft.at },
    variables: target.variables,
    overrides: [],
    revisions: target.revisions,
    artifacts: target.artifacts,
    outputs: target.outputs,
    stages: {},
  })
  draft.announce({ level: 'Pipeline', executionId: id, state: 'STARTED' })
  enter(draft, id, stage)
}

/**
 * The stage failed and is configured to roll back: to what last succeeded there under the current version. Without
 * any, the stage just stays failed.
 */
export function rollBackAutomatically(draft: Draft, failed: Execution, stage: string): void {
  const target = failed.version === draft.state.version ? draft.stage(stage)?.lastSucceeded : undefined
  if (!target || !takesTurns(failed.mode)) return endExecution(draft, failed.id, 'Failed')
  closeExecution(draft, failed.id, 'Failed')
  // UNCONFIRMED: the detail's format; the failed execution's id is what clients look for.
  rollBack(draft, draft.newId(), stage, target, { type: 'AutomatedRollback', detail: failed.id })
}
