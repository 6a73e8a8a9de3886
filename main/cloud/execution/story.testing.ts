import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline'
import type { Millis } from '../../base/clock.ts'
import { emptyState, step } from './machine.ts'
import type {
  ActionExecution,
  ActionResult,
  Effect,
  Execution,
  ExecutionMode,
  PipelineEvent,
  PipelineState,
  RetryMode,
  RuleExecution,
  StageExecution,
  Stamped,
  Step,
} from './model.ts'
import { planOf } from './plan.ts'

/** Freezes a state all the way down; what it shares with a frozen one is frozen already. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const member of Object.values(value)) freeze(member)
  return value
}

/** An action of a made-up provider, or of the one given. */
export function action(name: string, more: Partial<ActionDeclaration> & { type?: string } = {}): ActionDeclaration {
  const { type = 'Build/CodeBuild', ...rest } = more
  const [category, provider] = type.split('/') as [NonNullable<ActionDeclaration['actionTypeId']>['category'], string]
  return { name, actionTypeId: { category, owner: 'AWS', provider, version: '1' }, ...rest }
}

export const approval = (name: string, more: Partial<ActionDeclaration> = {}) =>
  action(name, { type: 'Approval/Manual', ...more })

export function stage(name: string, actions: ActionDeclaration[], more: Partial<StageDeclaration> = {}) {
  return { name, actions, ...more } satisfies StageDeclaration
}

export const source = stage('Source', [action('Checkout', { type: 'Source/S3' })])

/** A condition of the stage's with one rule by the name. */
export const condition = (result: 'FAIL' | 'SKIP' | 'ROLLBACK', rule = 'check') => ({
  conditions: [
    { result, rules: [{ name: rule, ruleTypeId: { category: 'Rule' as const, provider: 'LambdaInvoke' } }] },
  ],
})

/** A pipeline in simulated time, told as a story: what happened, and how things stand then. */
export class Story {
  state: PipelineState = emptyState
  now: Millis = Date.UTC(2026, 0, 1)
  readonly log: Stamped[] = []
  readonly effects: Effect[] = []
  /** Every execution as it was last seen, also when the state has let it go. */
  readonly #executions = new Map<string, Execution>()
  #version = 0

  constructor(stages: StageDeclaration[], mode: ExecutionMode = 'SUPERSEDED', more: Partial<PipelineDeclaration> = {}) {
    this.define(stages, mode, more)
  }

  define(stages: StageDeclaration[], mode: ExecutionMode = 'SUPERSEDED', more: Partial<PipelineDeclaration> = {}) {
    const declaration = {
      name: 'shop',
      roleArn: 'arn:aws:iam::111122223333:role/pipeline',
      stages,
      executionMode: mode,
    }
    return this.send({ kind: 'definitionChanged', plan: planOf({ ...declaration, ...more }, ++this.#version) })
  }

  send(event: PipelineEvent): Step {
    this.now += 1000
    const stamped: Stamped = { at: this.now, seed: `seed ${this.log.length}`, event }
    const next = step(freeze(this.state), freeze(stamped))
    this.log.push(stamped)
    this.state = next.state
    this.effects.push(...next.effects)
    for (const execution of next.changed.executions) this.#executions.set(execution.id, execution)
    return next
  }

  start(...ids: string[]) {
    const trigger = { type: 'StartPipelineExecution', detail: 'arn:aws:iam::111122223333:user/ann' } as const
    for (const executionId of ids)
      this.send({ kind: 'executionStarted', executionId, trigger, variables: {}, overrides: [] })
  }

  succeed(id: string, name: string, result: Partial<ActionResult> = {}) {
    const actionExecutionId = this.running(id, name).id
    return this.send({
      kind: 'actionSucceeded',
      actionExecutionId,
      result: { artifacts: [], variables: {}, ...result },
    })
  }

  fail(id: string, name: string) {
    const error = { code: 'JobFailed', message: 'Build terminated with state: FAILED' }
    return this.send({ kind: 'actionFailed', actionExecutionId: this.running(id, name).id, error })
  }

  /** Decides the rule that is in progress in the execution. */
  decide(id: string, passed: boolean, name = 'check') {
    const rule = this.rules(id).find(each => each.rule === name && each.status === 'InProgress')
    if (!rule) throw new Error(`${id} has no rule ${name} in progress`)
    return this.send({ kind: 'ruleEnded', ruleExecutionId: rule.id, passed })
  }

  retry(executionId: string, name: string, mode: RetryMode = 'FAILED_ACTIONS') {
    return this.send({ kind: 'stageRetried', executionId, stage: name, mode, by: 'ann' })
  }

  stop(executionId: string, abandon = false) {
    return this.send({ kind: 'stopRequested', executionId, abandon, reason: 'bad build', by: 'ann' })
  }

  execution(id: string): Execution {
    const found = this.#executions.get(id)
    if (!found) throw new Error(`No execution ${id}`)
    return found
  }

  passage(id: string, name: string): StageExecution {
    const found = this.execution(id).stages[name]
    if (!found) throw new Error(`${id} was never in ${name}`)
    return found
  }

  rules(id: string): RuleExecution[] {
    return Object.values(this.execution(id).stages).flatMap(({ conditions }) =>
      Object.values(conditions).flatMap(each => each?.rules ?? []),
    )
  }

  /** The names of the actions of an execution that are in progress. */
  busy(id: string): string[] {
    return this.#attempts(id).flatMap(({ action: name, status }) => (status === 'InProgress' ? [name] : []))
  }

  running(id: string, name: string): ActionExecution {
    const found = this.#attempts(id).find(attempt => attempt.action === name && attempt.status === 'InProgress')
    if (!found) throw new Error(`${id} has no action ${name} in progress`)
    return found
  }

  /** Executions of type ROLLBACK that were started, oldest first. */
  rollbacks(): Execution[] {
    return [...this.#executions.values()].filter(({ type }) => type === 'ROLLBACK')
  }

  /** EventBridge's states of one execution and its stages, in order, without those of actions. */
  announced(id: string): string[] {
    return this.effects.flatMap(effect => {
      if (effect.kind !== 'announce' || effect.change.executionId !== id || effect.change.level === 'Action') return []
      const { change } = effect
      return [change.level === 'Stage' ? `${change.stage} ${change.state}` : change.state]
    })
  }

  #attempts(id: string): ActionExecution[] {
    return Object.values(this.execution(id).stages).flatMap(({ actions }) => Object.values(actions))
  }
}
