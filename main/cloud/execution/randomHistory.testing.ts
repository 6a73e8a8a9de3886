import { actionsInProgress, eventOf, rulesInProgress } from './histories.testing.ts'
import { createOvertaking, endings, lines, locks, runOrder, superseding } from './invariants.testing.ts'
import { emptyState, step } from './machine.ts'
import type { PipelineEvent, PipelinePlan, PipelineState, Stamped, Step } from './model.ts'
import { freeze } from './story.testing.ts'

type Definitions = readonly Omit<PipelinePlan, 'version'>[]
const day = 86_400_000
const same = <T>(value: T): T => value

/** One random history, checked after each of its events. */
export class RandomHistory {
  state: PipelineState = emptyState
  readonly log: Stamped[] = []
  readonly #plans: Definitions
  readonly #started = new Set<string>()
  readonly #inProgress = new Set<string>()
  readonly #executions = new Set<string>()
  readonly #overtaking = createOvertaking()
  readonly #freeze: <T>(value: T) => T
  #asked = 0
  #now = 0

  /** Frozen: any attempt of the machine to change what it was given throws. That makes it several times slower. */
  constructor(plans: Definitions, frozen: boolean) {
    this.#plans = plans
    this.#freeze = frozen ? freeze : same
    const [first] = plans
    if (first) this.send({ kind: 'definitionChanged', plan: { ...first, version: 1 } })
  }

  random(number: number): void {
    this.send(
      eventOf(number, { state: this.state, actions: [...this.#started], plans: this.#plans, started: this.#asked++ }),
    )
  }

  send(event: PipelineEvent): void {
    // Beyond every deadline but the longest approval's, so that some wake-ups come too early.
    this.#now += event.kind === 'timedOut' ? 5 * day : 1000
    const stamped: Stamped = this.#freeze({ at: this.#now, seed: `${this.log.length}`, event })
    const before = this.#freeze(this.state)
    const next = step(before, stamped)
    this.log.push(stamped)
    this.state = next.state
    this.#remember(event, next)
    locks(next.state)
    lines(next.state)
    superseding(before, next)
    runOrder(next)
    endings(next.state, this.#inProgress)
    this.#overtaking(before, next)
  }

  #remember(event: PipelineEvent, { changed }: Step): void {
    for (const { id, type } of changed.executions) {
      // A retry, an override and all else go on under the id of the execution that they concern.
      const made = !this.#executions.has(id) && event.kind !== 'executionStarted' && type !== 'ROLLBACK'
      if (made) throw new Error(`${event.kind} made an execution`)
      this.#executions.add(id)
    }
    for (const { id, status } of changed.actions) {
      if (this.#started.has(id) && !this.#inProgress.has(id)) throw new Error(`${id} changed after its end`)
      this.#started.add(id)
      if (status === 'InProgress') this.#inProgress.add(id)
      else this.#inProgress.delete(id)
    }
  }

  /** Ends everything well, as far as it can be. */
  drain(): void {
    for (const stage of Object.keys(this.state.stages)) this.send({ kind: 'transitionEnabled', stage, by: 'ann' })
    for (;;) {
      const [rule] = rulesInProgress(this.state)
      const [action] = actionsInProgress(this.state)
      if (rule) this.send({ kind: 'ruleEnded', ruleExecutionId: rule.id, passed: true })
      else if (action) {
        const result = { artifacts: [], variables: { value: 'x' } }
        this.send({ kind: 'actionSucceeded', actionExecutionId: action.id, result })
      } else return
    }
  }
}
