import { actionsInProgress, liveExecutions, rulesInProgress } from './histories.testing.ts'
import type { Execution, PipelineState, Step } from './model.ts'
import { concurrentActions, concurrentExecutions, takesTurns } from './modes.ts'
import { own } from './records.ts'

/** What must hold after every step of every pipeline, whatever happened. Each throws a sentence where it does not. */

/** At most one execution that takes turns is inside a stage, and it holds the stage's lock (fact sheet, 3.1). */
export function locks(state: PipelineState): void {
  const inside = new Map<string, Execution>()
  for (const execution of liveExecutions(state)) {
    const { id, mode, position } = execution
    if (position.at !== 'inside' || !takesTurns(mode)) continue
    const other = inside.get(position.stage)
    if (other) throw new Error(`${id} and ${other.id} are both in ${position.stage}`)
    inside.set(position.stage, execution)
    const stage = own(state.stages, position.stage)
    if (stage && stage.holder !== id) throw new Error(`${id} is in ${position.stage}, which ${stage.holder} holds`)
  }
  for (const [name, { holder }] of Object.entries(state.stages)) {
    if (holder !== inside.get(name)?.id) throw new Error(`${holder} holds ${name} from outside`)
  }
}

/** Who waits stands in one line, and nobody waits before a stage that is open and free. */
export function lines(state: PipelineState): void {
  for (const [name, { inbound, holder, inboundTransition }] of Object.entries(state.stages)) {
    const waiting = inbound.map(id => own(state.executions, id))
    if (waiting.some(each => each?.position.at !== 'waiting' || each.position.stage !== name)) {
      throw new Error(`somebody stands before ${name} who does not wait there`)
    }
    if (new Set(inbound).size !== inbound.length) throw new Error(`somebody waits twice before ${name}`)
    if (waiting.filter(each => each?.mode === 'SUPERSEDED').length > 1) throw new Error(`two wait before ${name}`)
    const mayEnter = waiting.some(each => each && (holder === undefined || !takesTurns(each.mode)))
    if (inboundTransition.enabled && mayEnter) throw new Error(`somebody was forgotten before ${name}`)
  }
  const live = liveExecutions(state)
  for (const { id, position } of live) {
    if (position.at !== 'waiting') continue
    if (!own(state.stages, position.stage)?.inbound.includes(id)) throw new Error(`${id} waits nowhere`)
  }
  const limited = live.some(({ mode }) => mode !== 'SUPERSEDED') && live.every(({ mode }) => mode !== 'SUPERSEDED')
  if (limited && live.length > concurrentExecutions) throw new Error('too many executions at once')
}

/** A superseded execution was waiting, and not inside a stage (fact sheet, 3.1). */
export function superseding(before: PipelineState, { changed }: Step): void {
  for (const { id, status, mode, stages } of changed.executions) {
    if (status !== 'Superseded' || own(before.executions, id)?.status === 'Superseded') continue
    const unfinished = Object.values(stages).some(passage => passage.status === 'InProgress')
    if (mode !== 'SUPERSEDED' || unfinished) throw new Error(`${id} was superseded inside a stage`)
  }
}

/** No action starts before all of lower run order have succeeded; PARALLEL runs five at a time (fact sheet, 3.2). */
export function runOrder({ state, effects }: Step): void {
  for (const effect of effects) {
    if (effect.kind !== 'startAction') continue
    const execution = own(state.executions, effect.executionId)
    const plan = execution && state.plans[execution.version]
    if (execution?.position.at !== 'inside')
      throw new Error(`${effect.executionId} starts an action outside of a stage`)
    const { stage } = execution.position
    const actions = own(execution.stages, stage)?.actions ?? {}
    const attempt = Object.values(actions).find(({ id }) => id === effect.actionExecutionId)
    const planned = plan?.stages.find(({ name }) => name === stage)?.actions ?? []
    const order = planned.find(action => action.name === attempt?.action)?.runOrder
    if (!attempt || order === undefined) throw new Error(`${effect.executionId} starts an action that ${stage} lacks`)
    const early = planned.some(({ name, runOrder }) => runOrder < order && own(actions, name)?.status !== 'Succeeded')
    if (early) throw new Error(`${attempt.action} started too early`)
    const inProgress = Object.values(actions).filter(({ status }) => status === 'InProgress').length
    if (execution.mode === 'PARALLEL' && inProgress > concurrentActions) throw new Error('too many actions at once')
  }
}

/** What is in progress belongs to a live execution; what has ended stays ended. */
export function endings(state: PipelineState, started: ReadonlySet<string>): void {
  const inProgress = actionsInProgress(state)
  for (const { id, executionId } of [...inProgress, ...rulesInProgress(state)]) {
    const execution = own(state.executions, executionId)
    if (execution?.position.at !== 'inside') throw new Error(`${id} goes on in an execution that has ended`)
  }
  for (const { id, stop } of liveExecutions(state)) {
    if (stop?.abandon) throw new Error(`${id} goes on although it was to be abandoned`)
  }
  if (inProgress.length !== started.size || inProgress.some(({ id }) => !started.has(id))) {
    throw new Error('an action that was started has neither ended nor goes on')
  }
}

/** QUEUED: executions of one version enter each stage in the order of their start; nothing overtakes. */
export function createOvertaking() {
  const numbers = new Map<string, number>()
  const last = new Map<string, number>()
  return (before: PipelineState, { changed }: Step): void => {
    for (const { id, mode, type, version, stages } of changed.executions) {
      if (mode !== 'QUEUED' || type !== 'STANDARD') continue
      const number = numbers.get(id) ?? numbers.size
      numbers.set(id, number)
      const known = own(before.executions, id)?.stages ?? {}
      for (const stage of Object.keys(stages)) {
        if (own(known, stage)) continue
        const key = `${version} ${stage}`
        if (number <= (last.get(key) ?? -1)) throw new Error(`${id} was overtaken before ${stage}`)
        last.set(key, number)
      }
    }
  }
}
