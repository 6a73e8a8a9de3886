import type { ExecutionSummary, PipelineView, StageView } from '../../../preload/contract/pipelines.ts'
import { shortId } from '../../format/ids.ts'
import { actionsOf, findStage, type GraphAction, type GraphModel } from '../../graph/graphModel.ts'
import type { NodeRef } from '../../graph/nodeRef.ts'

/** What can be asked of a pipeline as it stands: a target, or why there is none. */
export type Possible<T> = { ok: true; target: T } | { ok: false; why: string }

const no = (why: string) => ({ ok: false, why }) as const

/** The execution that the screen is about: the one asked for, or the newest. */
export function shownExecution({ of, executions, row }: PipelineView): ExecutionSummary | undefined {
  const wanted = of === 'now' ? row.execution?.id : of
  return executions.find(({ id }) => id === wanted) ?? (of === 'now' ? row.execution : undefined)
}

const waitsForPerson = ({ view }: GraphAction) => view.state === 'waiting' && view.approval !== undefined

/** The approval that `A` and `X` are about: the selected one, else the first that waits. */
export function approvalToDecide(model: GraphModel, selected: NodeRef | undefined): Possible<GraphAction> {
  const waiting = model.stages.flatMap(actionsOf).filter(waitsForPerson)
  const chosen = waiting.find(
    ({ stage, view }) => selected?.kind === 'action' && selected.stage === stage && selected.action === view.name,
  )
  const target = chosen ?? waiting[0]
  return target ? { ok: true, target } : no('No approval waits in this pipeline')
}

const retryable = (stage: StageView) => stage.state === 'failed' || stage.state === 'stopped'

/** The stage that `R` retries: the selected one where it can be retried, else the first that can. */
export function stageToRetry(model: GraphModel, selected: NodeRef | undefined): Possible<StageView> {
  const stages = model.stages.map(stage => stage.view)
  const target =
    stages.find(stage => stage.name === selected?.stage && canRetry(stage)) ?? stages.find(stage => canRetry(stage))
  return target ? { ok: true, target } : no('No stage of this pipeline failed or was stopped')
}

/** AWS takes a retry of failed actions while their siblings still run. */
export const canRetry = (stage: StageView): boolean =>
  stage.executionId !== undefined && (retryable(stage) || stage.actions.some(action => action.state === 'failed'))

/** The execution that `S` stops: the one shown, where it has not ended. */
export function executionToStop(view: PipelineView): Possible<ExecutionSummary> {
  const execution = shownExecution(view)
  if (!execution) return no('No execution to stop')
  const going = execution.state === 'running' || execution.state === 'waiting'
  return going ? { ok: true, target: execution } : no(`Execution ${shortId(execution.id)} has ended`)
}

/** A condition that holds an execution up. */
export interface ConditionToOverride {
  stage: string
  condition: 'beforeEntry' | 'onSuccess'
  executionId: string
}

/** The condition that `O` overrides: the selected one, else the first that failed. */
export function conditionToOverride(model: GraphModel, selected: NodeRef | undefined): Possible<ConditionToOverride> {
  const chosen = selected?.kind === 'condition' ? selected : undefined
  const failed = model.stages.flatMap(({ name, view, definition }) =>
    view.conditions.flatMap(({ kind, status }) => {
      if (status !== 'Failed' || kind === 'onFailure' || view.executionId === undefined) return []
      const skips = definition?.conditions.find(declared => declared.kind === kind)?.result === 'SKIP'
      return skips ? [] : [{ stage: name, condition: kind, executionId: view.executionId }]
    }),
  )
  const target = failed.find(each => each.stage === chosen?.stage && each.condition === chosen.condition) ?? failed[0]
  return target ? { ok: true, target } : no('No condition of this pipeline failed that could be overridden')
}

/** The gate that `T` opens or closes: that of the selected gate, stage or action. */
export function gateToTurn(model: GraphModel, selected: NodeRef | undefined): Possible<StageView> {
  if (!selected) return no('Select a gate or a stage first')
  const stage = findStage(model, selected.stage)
  if (!stage) return no('Select a gate or a stage first')
  if (stage === model.stages[0]) return no('The first stage has no transition before it')
  return { ok: true, target: stage.view }
}

/** The stages that AWS rolls back: every one but the source, in a pipeline that has stage state. */
export function stagesToRollBack({ definition }: PipelineView, model: GraphModel): Possible<string[]> {
  if (definition.type === 'V1') return no('Only pipelines of type V2 can be rolled back')
  if (definition.mode === 'PARALLEL') return no('AWS has no rollback for pipelines in PARALLEL mode')
  const names = model.stages.slice(1).map(stage => stage.name)
  return names.length > 0 ? { ok: true, target: names } : no('There is no stage after the source')
}

/** The stage that a rollback is most likely about: the selected, else the failed, else the last. */
export function likelyRollback(
  model: GraphModel,
  names: readonly string[],
  selected: NodeRef | undefined,
): string | undefined {
  const failed = model.stages.find(({ name, view }) => names.includes(name) && canRetry(view))
  return names.find(name => name === selected?.stage) ?? failed?.name ?? names.at(-1)
}
