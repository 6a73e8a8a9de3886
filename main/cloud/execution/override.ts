import { abandonConditions } from './conditions.ts'
import type { Draft } from './draft.ts'
import { takeInside } from './entering.ts'
import type { PipelineEvent } from './model.ts'
import { own } from './records.ts'
import { mayReturn, resume } from './retry.ts'

/**
 * OverrideStageCondition (fact sheet, 3.4): the execution proceeds as if the condition were met, while its rules still
 * run or after they failed it.
 */
export function overrideCondition(draft: Draft, event: PipelineEvent & { kind: 'conditionOverridden' }): void {
  const { executionId: id, stage } = event
  const kind = event.condition === 'BEFORE_ENTRY' ? 'beforeEntry' : 'onSuccess'
  const execution = draft.execution(id)
  const plan = execution && draft.stagePlan(execution, stage)
  const condition = execution && own(execution.stages, stage)?.conditions[kind]
  if (!condition || plan?.[kind]?.result === 'SKIP') return
  const { position } = execution
  if (condition.status === 'InProgress') {
    if (position.at !== 'inside' || position.stage !== stage) return
    abandonConditions(draft, id, stage, 'Abandoned')
  } else {
    if (condition.status !== 'Failed' || position.at !== 'ended' || !mayReturn(draft.state, execution, stage)) return
    resume(draft, execution)
    draft.patchPassage(id, stage, { status: 'InProgress' })
    takeInside(draft, id, stage, kind)
    draft.announce({ level: 'Stage', executionId: id, stage, state: 'RESUMED' })
  }
  const ruled = draft.execution(id)?.stages[stage]?.conditions[kind] ?? condition
  draft.putCondition(id, stage, kind, { ...ruled, status: 'Overridden', updatedAt: draft.at })
  draft.advanceLater(id)
}
