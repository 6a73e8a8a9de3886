import type { State } from '../../preload/contract/base.ts'
import type {
  ActionDefinition,
  ActionView,
  PipelineView,
  StageDefinition,
  StageView,
} from '../../preload/contract/pipelines.ts'
import type { NodeRef } from './nodeRef.ts'

/** One action: what is declared of it, and how it stands. `definition` is missing where the declaration has moved on. */
export interface GraphAction {
  stage: string
  view: ActionView
  definition: ActionDefinition | undefined
}

/** The actions of a stage that start together. */
export interface GraphGroup {
  runOrder: number
  actions: GraphAction[]
}

export interface GraphStage {
  name: string
  view: StageView
  definition: StageDefinition | undefined
  /** By ascending run order; within a group as declared. */
  groups: GraphGroup[]
}

export interface GraphModel {
  stages: GraphStage[]
}

/**
 * Joins a declaration with the states. The order is the declaration's; a stage or action that only the states know
 * (an execution of an older version) comes after, and one that only the declaration knows has not run.
 */
export function graphModel({ definition, stages }: Pick<PipelineView, 'definition' | 'stages'>): GraphModel {
  const views = new Map(stages.map(stage => [stage.name, stage]))
  const declared = new Map(definition.stages.map(stage => [stage.name, stage]))
  const names = [...new Set([...declared.keys(), ...views.keys()])]
  return { stages: names.map(name => joinStage(name, declared.get(name), views.get(name))) }
}

function joinStage(name: string, definition: StageDefinition | undefined, known: StageView | undefined): GraphStage {
  const view = known ?? neverEntered(name)
  const views = new Map(view.actions.map(action => [action.name, action]))
  const declared = new Map(definition?.actions.map(action => [action.name, action]))
  const actions = [...new Set([...declared.keys(), ...views.keys()])].map(
    (action): GraphAction => ({
      stage: name,
      view: views.get(action) ?? { name: action, state: 'notRun' },
      definition: declared.get(action),
    }),
  )
  const groups = Map.groupBy(actions, action => action.definition?.runOrder ?? 1)
  return {
    name,
    view,
    definition,
    groups: [...groups].map(([runOrder, actions]) => ({ runOrder, actions })).sort((a, b) => a.runOrder - b.runOrder),
  }
}

const neverEntered = (name: string): StageView => ({
  name,
  state: 'notRun',
  transition: { open: true },
  inbound: [],
  retries: 0,
  conditions: [],
  actions: [],
})

export const actionsOf = (stage: GraphStage): GraphAction[] => stage.groups.flatMap(group => group.actions)

export function findStage(model: GraphModel, name: string): GraphStage | undefined {
  return model.stages.find(stage => stage.name === name)
}

export function findAction(model: GraphModel, stage: string, name: string): GraphAction | undefined {
  const found = findStage(model, stage)
  return found && actionsOf(found).find(action => action.view.name === name)
}

/** Whether what a person selected is still there: a pipeline can be redefined under the screen. */
export function holds(model: GraphModel, ref: NodeRef): boolean {
  const stage = findStage(model, ref.stage)
  if (!stage) return false
  switch (ref.kind) {
    case 'stage':
      return true
    case 'gate':
      return model.stages[0] !== stage
    case 'action':
      return findAction(model, ref.stage, ref.action) !== undefined
    case 'condition':
      return stage.definition?.conditions.some(condition => condition.kind === ref.condition) ?? false
    case 'fold':
      return stage.groups.some(group => group.runOrder === ref.runOrder)
  }
}

const inMotion: readonly State[] = ['running', 'waiting']

/** What runs or waits for a person now, in flow order: what *follow* keeps in sight. */
export function whatRuns(model: GraphModel): NodeRef[] {
  return model.stages
    .flatMap(actionsOf)
    .filter(action => inMotion.includes(action.view.state))
    .map(action => ({ kind: 'action', stage: action.stage, action: action.view.name }))
}

/** The failed action after `from` in flow order, from the start again after the last; nothing where none failed. */
export function nextFailure(model: GraphModel, from: NodeRef | undefined): NodeRef | undefined {
  const order = model.stages.flatMap((stage): { ref: NodeRef; state: State }[] => [
    { ref: { kind: 'stage', stage: stage.name }, state: 'notRun' },
    ...actionsOf(stage).map(({ view }) => ({
      ref: { kind: 'action' as const, stage: stage.name, action: view.name },
      state: view.state,
    })),
  ])
  const here = from
    ? order.findIndex(({ ref }) =>
        from.kind === 'action' && ref.kind === 'action'
          ? ref.stage === from.stage && ref.action === from.action
          : from.kind !== 'action' && ref.kind === 'stage' && ref.stage === from.stage,
      )
    : -1
  return [...order.slice(here + 1), ...order.slice(0, here + 1)].find(({ state }) => state === 'failed')?.ref
}
