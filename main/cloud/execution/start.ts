import type { Draft } from './draft.ts'
import { arrive } from './entering.ts'
import type { Execution, PipelineEvent } from './model.ts'
import { isFull } from './modes.ts'

/**
 * A new execution. `refuseStart` has told a caller of StartPipelineExecution when there are too many; one that a
 * trigger started fails without a message, as AWS's documents say (fact sheet, 3.1).
 */
export function startExecution(draft: Draft, event: PipelineEvent & { kind: 'executionStarted' }): void {
  const { executionId: id, trigger, variables, overrides } = event
  const plan = draft.state.plans[draft.state.version]
  const source = plan?.stages[0]
  if (!plan || !source || draft.execution(id)) return
  const defaults = plan.variables.flatMap(({ name, defaultValue }) =>
    defaultValue === undefined ? [] : [[name, defaultValue] as const],
  )
  const full = isFull(draft.state, plan.mode)
  const execution: Execution = {
    id,
    version: plan.version,
    mode: plan.mode,
    type: 'STANDARD',
    trigger,
    status: full ? 'Failed' : 'InProgress',
    attempt: 1,
    startedAt: draft.at,
    updatedAt: draft.at,
    position: full ? { at: 'ended' } : { at: 'waiting', stage: source.name, since: draft.at },
    variables: { ...Object.fromEntries(defaults), ...variables },
    overrides,
    revisions: [],
    artifacts: {},
    outputs: {},
    stages: {},
  }
  draft.putExecution(execution)
  draft.announce({ level: 'Pipeline', executionId: id, state: full ? 'FAILED' : 'STARTED' })
  if (!full) arrive(draft, id, source.name)
}
