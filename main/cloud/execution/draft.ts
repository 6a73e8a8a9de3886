import type { Millis } from '../../base/clock.ts'
import { derivedUuid } from './ids.ts'
import type {
  ActionExecution,
  ConditionExecution,
  ConditionKind,
  Effect,
  Execution,
  PipelinePlan,
  PipelineState,
  RuleExecution,
  StageExecution,
  StagePlan,
  StageState,
  StateChange,
  Step,
} from './model.ts'
import { own } from './records.ts'
import { sweep } from './sweep.ts'

/**
 * The next state while a step makes it. It copies what it changes and shares the rest with the state it came from,
 * which stays as it was.
 */
export class Draft {
  readonly at: Millis
  readonly #before: PipelineState
  readonly #seed: string
  readonly #effects: Effect[] = []
  readonly #executions = new Map<string, Execution>()
  readonly #actions = new Map<string, ActionExecution>()
  readonly #rules = new Map<string, RuleExecution>()
  readonly #toAdvance: string[] = []
  #state: PipelineState
  #ids = 0
  #mustSweep = false

  constructor(state: PipelineState, at: Millis, seed: string) {
    this.at = at
    this.#before = state
    this.#state = state
    this.#seed = seed
  }

  get state(): PipelineState {
    return this.#state
  }

  /** A new id or token; the same in every replay. */
  newId(): string {
    return derivedUuid(this.#seed, this.#ids++)
  }

  execution(id: string): Execution | undefined {
    return own(this.#state.executions, id)
  }

  stage(name: string): StageState | undefined {
    return own(this.#state.stages, name)
  }

  planOf(execution: Execution): PipelinePlan | undefined {
    return this.#state.plans[execution.version]
  }

  stagePlan(execution: Execution, stage: string): StagePlan | undefined {
    return this.planOf(execution)?.stages.find(plan => plan.name === stage)
  }

  /** Replaces the definition, the stages, or the plans as a whole. */
  replace(patch: Partial<PipelineState>): void {
    this.#state = { ...this.#state, ...patch }
    this.#mustSweep = true
  }

  putExecution(execution: Execution): void {
    this.#keep({ ...execution, updatedAt: this.at })
  }

  /** Changes some members of an execution that is in the state. */
  patchExecution(id: string, patch: Partial<Execution>): void {
    const execution = this.execution(id)
    if (execution) this.#keep({ ...execution, ...patch, updatedAt: this.at })
  }

  #keep(execution: Execution): void {
    if (this.#state.executions === this.#before.executions) {
      this.#state = { ...this.#state, executions: { ...this.#before.executions, [execution.id]: execution } }
    } else {
      // Already this draft's own copy, which nobody else has seen yet.
      const mine = this.#state.executions as Record<string, Execution>
      mine[execution.id] = execution
    }
    this.#executions.set(execution.id, execution)
    if (execution.position.at === 'ended') this.#mustSweep = true
  }

  putStage(name: string, stage: StageState): void {
    this.#state = { ...this.#state, stages: { ...this.#state.stages, [name]: stage } }
  }

  /** Changes some members of a stage of the current definition. */
  patchStage(name: string, patch: Partial<StageState>): void {
    const stage = this.stage(name)
    if (!stage) return
    this.putStage(name, { ...stage, ...patch })
    if ('latest' in patch) this.#mustSweep = true
  }

  /** Changes some members of an execution's passage through a stage. */
  patchPassage(id: string, stage: string, patch: Partial<StageExecution>): void {
    const execution = this.execution(id)
    const passage = execution && own(execution.stages, stage)
    if (!passage) return
    this.patchExecution(id, {
      stages: { ...execution.stages, [stage]: { ...passage, ...patch, updatedAt: this.at } },
    })
  }

  putAction(action: ActionExecution): void {
    const execution = this.execution(action.executionId)
    const passage = execution && own(execution.stages, action.stage)
    if (!passage) return
    this.#actions.set(action.id, action)
    this.patchPassage(execution.id, action.stage, { actions: { ...passage.actions, [action.action]: action } })
    const stage = this.stage(action.stage)
    // PARALLEL executions have no pipeline state (fact sheet, 3.1).
    if (stage && execution.mode !== 'PARALLEL') {
      this.putStage(action.stage, { ...stage, actions: { ...stage.actions, [action.action]: action } })
    }
  }

  putCondition(id: string, stage: string, kind: ConditionKind, condition: ConditionExecution): void {
    const execution = this.execution(id)
    const passage = execution && own(execution.stages, stage)
    if (!passage) return
    const before = passage.conditions[kind]?.rules
    for (const rule of condition.rules) if (!before?.includes(rule)) this.#rules.set(rule.id, rule)
    this.patchPassage(id, stage, { conditions: { ...passage.conditions, [kind]: condition } })
  }

  emit(effect: Effect): void {
    this.#effects.push(effect)
  }

  announce(change: StateChange): void {
    const { attempt = 1 } = this.execution(change.executionId) ?? {}
    this.#effects.push({ kind: 'announce', change, attempt })
  }

  /** Asks the machine to look what comes next for an execution, once the work at hand is done. */
  advanceLater(id: string): void {
    this.#toAdvance.push(id)
  }

  nextToAdvance(): string | undefined {
    return this.#toAdvance.shift()
  }

  finish(): Step {
    return {
      state: this.#mustSweep ? sweep(this.#state) : this.#state,
      plans: this.#state.plans,
      effects: this.#effects,
      changed: {
        executions: [...this.#executions.values()],
        actions: [...this.#actions.values()],
        rules: [...this.#rules.values()],
      },
    }
  }
}
