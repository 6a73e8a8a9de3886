import type { Draft } from './draft.ts'
import type { Execution, StageExecution } from './model.ts'
import { line, mayEnter, takesTurns } from './modes.ts'
import { without } from './records.ts'

/** An execution comes to a stage: it enters, or waits before it (fact sheet, 3.2, steps 1 to 3). */
export function arrive(draft: Draft, id: string, name: string): void {
  const execution = draft.execution(id)
  if (!execution) return
  const stage = draft.stage(name)
  // A PARALLEL execution goes on by its own definition version, whose stage the current one may lack.
  if (!stage) return enter(draft, id, name)
  draft.patchExecution(id, { position: { at: 'waiting', stage: name, since: draft.at } })
  const rivals = stage.inbound.filter(other => takesTurns(draft.execution(other)?.mode ?? 'SUPERSEDED'))
  const { inbound, superseded } = line(execution.mode, stage.inbound, rivals, id)
  draft.patchStage(name, { inbound })
  for (const other of superseded) supersede(draft, other)
  admit(draft, name)
}

/** Lets in who waits before a stage, as far as its lock and its inbound transition allow. */
export function admit(draft: Draft, name: string): void {
  const waiting = draft.stage(name)?.inbound ?? []
  for (const id of waiting) {
    const stage = draft.stage(name)
    const execution = draft.execution(id)
    if (stage && execution && mayEnter(stage, execution.mode)) enter(draft, id, name)
  }
}

/** Takes an execution into a stage, with its lock where its mode has locks. */
export function enter(draft: Draft, id: string, name: string): void {
  const execution = draft.execution(id)
  if (!execution) return
  const passage: StageExecution = {
    status: 'InProgress',
    startedAt: draft.at,
    updatedAt: draft.at,
    actions: {},
    conditions: {},
    autoRetries: 0,
    manualRetries: 0,
  }
  draft.putExecution({ ...execution, stages: { ...execution.stages, [name]: passage } })
  takeInside(draft, id, name, 'beforeEntry')
  draft.announce({ level: 'Stage', executionId: id, stage: name, state: 'STARTED' })
}

/** Puts an execution (back) inside a stage where it has a passage already. */
export function takeInside(draft: Draft, id: string, name: string, phase: 'beforeEntry' | 'actions' | 'onSuccess') {
  const execution = draft.execution(id)
  if (!execution) return
  draft.patchExecution(id, { position: { at: 'inside', stage: name, phase } })
  const stage = draft.stage(name)
  if (stage) {
    const inbound = stage.inbound.filter(other => other !== id)
    draft.patchStage(name, takesTurns(execution.mode) ? { inbound, holder: id, latest: id } : { inbound })
  }
  draft.advanceLater(id)
}

/** Gives the stage's lock back; whoever calls it lets the next one in. */
export function unlock(draft: Draft, id: string, name: string): void {
  const stage = draft.stage(name)
  if (stage?.holder === id) draft.putStage(name, without(stage, 'holder'))
}

/** Takes an execution out of the line before a stage. */
export function leaveLine(draft: Draft, { id, position }: Execution): void {
  if (position.at !== 'waiting') return
  const stage = draft.stage(position.stage)
  if (stage?.inbound.includes(id)) {
    draft.patchStage(position.stage, { inbound: stage.inbound.filter(other => other !== id) })
  }
}

/** A newer execution took the waiting slot. The only way to be superseded (fact sheet, 3.1). */
function supersede(draft: Draft, id: string): void {
  draft.patchExecution(id, { status: 'Superseded', position: { at: 'ended' } })
  draft.announce({ level: 'Pipeline', executionId: id, state: 'SUPERSEDED' })
}
