import { abandonConditions } from './conditions.ts'
import type { Draft } from './draft.ts'
import { endExecution } from './ending.ts'
import { enter } from './entering.ts'
import type { PipelinePlan, PipelineState, StagePlan, StageState } from './model.ts'
import { takesTurns } from './modes.ts'
import { keepWhere, own, without } from './records.ts'

/** A pipeline before its first definition. */
export const emptyState: PipelineState = { version: 0, plans: {}, executions: {}, stages: {} }

const newStage: StageState = { inboundTransition: { enabled: true }, inbound: [], actions: {} }

/**
 * UpdatePipeline (fact sheet, 3.1): executions that take turns are cancelled, those that wait at once, those inside a
 * stage when their actions in progress have ended. PARALLEL ones go on by the version that they started with.
 */
export function changeDefinition(draft: Draft, plan: PipelinePlan): void {
  if (plan.version <= draft.state.version) return
  const live = Object.values(draft.state.executions).filter(({ position }) => position.at !== 'ended')
  const cancelled = live.filter(({ mode }) => takesTurns(mode))
  // The waiting ones first: none of them may enter a stage that another one leaves.
  for (const { id, position } of cancelled) if (position.at === 'waiting') endExecution(draft, id, 'Cancelled')
  for (const { id, position, stop } of cancelled) {
    if (position.at !== 'inside') continue
    if (!stop) draft.patchExecution(id, { cancelling: true })
    abandonConditions(draft, id, position.stage, 'Cancelled')
    draft.advanceLater(id)
  }
  const { plans } = draft.state
  draft.replace({
    version: plan.version,
    plans: { ...plans, [plan.version]: plan },
    stages: Object.fromEntries(plan.stages.map(stage => [stage.name, carriedOver(stage, draft.state)])),
  })
  for (const { id, position } of live) {
    const gone = position.at === 'waiting' && !draft.stage(position.stage)
    if (gone && draft.execution(id)?.position.at === 'waiting') enter(draft, id, position.stage)
  }
}

/**
 * A stage keeps its transition and what was last seen in it, but nothing of it can be rolled back to. One that an
 * earlier change had taken out may still be held by an execution that is being cancelled.
 */
function carriedOver(plan: StagePlan, { stages, executions }: PipelineState): StageState {
  const stage = own(stages, plan.name)
  if (stage) {
    const names = new Set(plan.actions.map(action => action.name))
    return { ...without(stage, 'lastSucceeded'), actions: keepWhere(stage.actions, name => names.has(name)) }
  }
  const holder = Object.values(executions).find(
    ({ position, mode }) => position.at === 'inside' && position.stage === plan.name && takesTurns(mode),
  )
  return holder ? { ...newStage, holder: holder.id, latest: holder.id } : newStage
}
