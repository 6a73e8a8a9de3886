import { randomUUID } from 'node:crypto'
import { assertNever } from '../../base/assertNever.ts'
import type { Cancel, Clock, Millis } from '../../base/clock.ts'
import type { CloudEvent } from '../events.ts'
import type { PipelineRef, Providers } from '../providers/provider.ts'
import type { RuleProviders } from '../providers/rules/ruleProvider.ts'
import type { CloudDatabase } from '../state/database.ts'
import { createHistory, type History } from './history.ts'
import { createJobs } from './jobs.ts'
import { createJournal, type Snapshot } from './journal.ts'
import { findAction, findRule } from './lookup.ts'
import { emptyState, step } from './machine.ts'
import type { Announcement, Effect, PipelineEvent, PipelineState, Stamped, Step } from './model.ts'
import { createOutbox, type OutboxEntry, type Task } from './outbox.ts'

export interface RunnerOptions {
  database: CloudDatabase
  clock: Clock
  providers: Providers
  rules: RuleProviders
  /** The pipeline of an id, for what a former process left to do. */
  find(pipeline: number): PipelineRef | undefined
  /** EventBridge's form of a state change. Pure. */
  describe(pipeline: PipelineRef, announced: Announcement, next: Step, at: number): CloudEvent
  publish(event: CloudEvent): void
  onError: (error: unknown, what: string) => void
  /** Seeds of the machine's ids; random ones unless a test says otherwise. */
  seed?: () => string
}

/**
 * Owns time and effects. Every event of a pipeline becomes durable together with the state it leads to, the records
 * it changed and the work it asks for, in one transaction; only then the work starts. Events of one pipeline follow
 * each other because `dispatch` never waits.
 */
export interface Runner {
  readonly history: History
  /** From memory, once loaded. */
  state(pipeline: PipelineRef): PipelineState
  /** Makes an event durable and starts what follows from it. `alongside` writes in the same transaction. */
  dispatch(pipeline: PipelineRef, event: PipelineEvent, alongside?: (next: Step) => void): Step
  /** Drops a deleted pipeline, or one whose creation was undone. Its outside work goes on unattended, as in AWS. */
  forget(pipeline: PipelineRef): void
  /** The events since nothing moved in this pipeline, oldest first: for looking into what happened. */
  events(pipeline: PipelineRef): Stamped[]
  /** Takes up what a former process left: running actions, timers, announcements. */
  start(): void
  /** Waits for the work in this process; nothing that it tells from now on is recorded. */
  stop(): Promise<void>
}

interface Machine extends Snapshot {
  pipeline: PipelineRef
}

/** How long CodePipeline keeps history (fact sheet, section 11.1). */
const retention: Millis = 365 * 24 * 3_600_000
/** How long work that is done may stay in the outbox, to leave together with the next event rather than alone. */
const flushAfter = 50

export function createRunner(options: RunnerOptions): Runner {
  const { database, clock, onError, seed = randomUUID } = options
  const journal = createJournal(database)
  const outbox = createOutbox(database)
  const history = createHistory(database)
  const machines = new Map<number, Machine>()
  const timers = new Map<string, { pipeline: number; cancel: Cancel }[]>()
  let done: number[] = []
  let flush: Cancel | undefined
  let stopped = false

  const jobs = createJobs({ ...options, tell: (pipeline, event) => tell(pipeline, event) })

  const load = (pipeline: PipelineRef): Machine => {
    const known = machines.get(pipeline.id)
    if (known) return known
    const machine = { pipeline, ...(journal.load(pipeline.id) ?? { sequence: 0, state: emptyState }) }
    machines.set(pipeline.id, machine)
    return machine
  }

  const cancelTimers = (id: string) => {
    for (const { cancel } of timers.get(id) ?? []) cancel()
    timers.delete(id)
  }

  const finish = (entry: number) => {
    done.push(entry)
    flush ??= clock.after(flushAfter, flushNow)
  }
  const flushNow = () => {
    flush?.()
    flush = undefined
    const ids = done
    done = []
    try {
      if (ids.length > 0) database.transaction(() => outbox.done(ids))
    } catch (error) {
      onError(error, 'outbox')
    }
  }

  /** An outcome from outside counts only while the machine waits for it. */
  const tell = (pipeline: PipelineRef, event: PipelineEvent) => {
    if (!stopped && machines.has(pipeline.id) && awaited(load(pipeline).state, event)) dispatch(pipeline, event)
  }

  const dispatch = (pipeline: PipelineRef, event: PipelineEvent, alongside?: (next: Step) => void): Step => {
    const machine = load(pipeline)
    const stamped: Stamped = { at: clock.now(), seed: seed(), event }
    const next = step(machine.state, stamped)
    const sequence = machine.sequence + 1
    const ended = [...next.changed.actions, ...next.changed.rules]
      .filter(({ status }) => status !== 'InProgress')
      .map(({ id }) => id)
    const version = (id: string) =>
      (next.changed.executions.find(changed => changed.id === id) ?? next.state.executions[id])?.version ??
      next.state.version
    const entries = database.transaction(() => {
      alongside?.(next)
      journal.append(pipeline.id, { sequence, state: next.state }, stamped)
      history.record(pipeline.id, next.changed, version)
      outbox.done(done)
      const put = next.effects.flatMap(effect => {
        const task = taskOf(effect, machine, next, stamped.at)
        return task ? [outbox.put(pipeline.id, task)] : []
      })
      for (const id of ended) outbox.settled(pipeline.id, id)
      if (isIdle(next.state)) journal.prune(pipeline.id)
      return put
    })
    machine.sequence = sequence
    machine.state = next.state
    done = []
    for (const id of ended) {
      jobs.forget(id)
      cancelTimers(id)
    }
    // After the caller's own transaction, should there be one around this.
    queueMicrotask(() => perform(machine, entries, false))
    return next
  }

  const taskOf = (effect: Effect, machine: Machine, next: Step, at: number): Task | undefined => {
    switch (effect.kind) {
      case 'startAction':
        return { kind: 'action', id: effect.actionExecutionId }
      case 'startRule':
        return { kind: 'rule', id: effect.ruleExecutionId }
      case 'releaseAction': {
        const found = findAction(machine.state, effect.actionExecutionId)
        return effect.abandon || !found ? undefined : { kind: 'release', action: found.action, attempt: found.attempt }
      }
      case 'releaseRule':
        return undefined
      case 'wakeAt':
        return { kind: 'wake', at: effect.at, what: effect.what, id: effect.id }
      case 'announce':
        return { kind: 'announce', event: options.describe(machine.pipeline, effect, next, at) }
      default:
        return assertNever(effect, 'effect')
    }
  }

  const perform = (machine: Machine, entries: readonly OutboxEntry[], resumed: boolean) => {
    for (const entry of entries) {
      if (stopped || machines.get(machine.pipeline.id) !== machine) return
      try {
        performOne(machine, entry, resumed)
      } catch (error) {
        onError(error, `${entry.task.kind} of pipeline ${machine.pipeline.name}`)
      }
    }
  }

  const performOne = (machine: Machine, { id, task }: OutboxEntry, resumed: boolean) => {
    const { pipeline } = machine
    switch (task.kind) {
      case 'action': {
        const found = findAction(machine.state, task.id)
        if (found?.attempt.status === 'InProgress') jobs.startAction(pipeline, found, resumed)
        return
      }
      case 'rule': {
        const found = findRule(machine.state, task.id)
        if (found?.run.status === 'InProgress') jobs.startRule(pipeline, found)
        return
      }
      case 'release':
        jobs.release(pipeline, task.action, task.attempt)
        finish(id)
        return
      case 'wake': {
        const ring = () => {
          finish(id)
          try {
            tell(pipeline, { kind: 'timedOut', what: task.what, id: task.id })
          } catch (error) {
            onError(error, `timer of pipeline ${pipeline.name}`)
          }
        }
        const timer = { pipeline: pipeline.id, cancel: clock.after(task.at - clock.now(), ring) }
        timers.set(task.id, [...(timers.get(task.id) ?? []), timer])
        return
      }
      case 'announce':
        options.publish(task.event)
        finish(id)
        return
      default:
        assertNever(task, 'task')
    }
  }

  return {
    history,
    state: pipeline => load(pipeline).state,
    dispatch,
    forget(pipeline) {
      machines.delete(pipeline.id)
      jobs.forgetPipeline(pipeline.id)
      for (const [id, armed] of timers) if (armed[0]?.pipeline === pipeline.id) cancelTimers(id)
    },
    events: pipeline => journal.events(pipeline.id),
    start() {
      history.expire(clock.now() - retention)
      for (const id of outbox.pipelines()) {
        const pipeline = options.find(id)
        if (pipeline) perform(load(pipeline), outbox.pending(id), true)
      }
    },
    async stop() {
      stopped = true
      for (const id of timers.keys()) cancelTimers(id)
      await jobs.stop()
      flushNow()
    },
  }
}

const isIdle = (state: PipelineState) =>
  Object.values(state.executions).every(({ position }) => position.at === 'ended')

/** Whether the action or rule that an outcome tells of is still in progress. */
function awaited(state: PipelineState, event: PipelineEvent): boolean {
  switch (event.kind) {
    case 'actionReported':
    case 'actionSucceeded':
    case 'actionFailed':
      return findAction(state, event.actionExecutionId)?.attempt.status === 'InProgress'
    case 'ruleReported':
    case 'ruleEnded':
      return findRule(state, event.ruleExecutionId)?.run.status === 'InProgress'
    case 'timedOut': {
      const found = event.what === 'action' ? findAction(state, event.id)?.attempt : findRule(state, event.id)?.run
      return found?.status === 'InProgress'
    }
    default:
      return true
  }
}
