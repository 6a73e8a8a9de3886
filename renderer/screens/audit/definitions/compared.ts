import type { DefinitionDiff } from '../../../../preload/contract/auditReview.ts'
import type { DefinitionChange, ToldChange } from '../../../../preload/contract/definitionChange.ts'
import type { ActionDefinition, Definition, StageDefinition } from '../../../../preload/contract/pipelines.ts'
import { type GraphModel, graphModel } from '../../../graph/graphModel.ts'
import type { Mark } from '../../../graph/marks.ts'
import { idOf } from '../../../graph/nodeRef.ts'

/** What a change made of the thing that it is about. */
export function markOf(change: DefinitionChange): Mark {
  switch (change.kind) {
    case 'added':
    case 'removed':
    case 'renamed':
    case 'moved':
    case 'changed':
      return change.kind
    case 'condition':
      if (change.before === undefined) return 'added'
      return change.after === undefined ? 'removed' : 'changed'
  }
}

export interface Compared {
  model: GraphModel
  marks: ReadonlyMap<string, Mark>
}

/** Both definitions as one: the newer, and in its place what the older had beside it. */
export function compared({ from, to, changes }: DefinitionDiff): Compared {
  const marks = marksOf(changes)
  const gone = (id: string) => marks.get(id) === 'removed'
  const stages = withGone(
    to.definition.stages,
    from.definition.stages.filter(({ name }) => gone(idOf({ kind: 'stage', stage: name }))),
    from.definition.stages,
  )
  const definition: Definition = {
    ...to.definition,
    stages: stages.map(stage => withRemoved(stage, from.definition, changes, gone)),
  }
  for (const { name, actions } of definition.stages) {
    const stage = idOf({ kind: 'stage', stage: name })
    const whole = marks.get(stage)
    if (whole === 'added' || whole === 'removed') {
      for (const action of actions) marks.set(idOf({ kind: 'action', stage: name, action: action.name }), whole)
    } else if (
      whole === undefined &&
      actions.some(({ name: action }) => marks.has(idOf({ kind: 'action', stage: name, action })))
    ) {
      marks.set(stage, 'changed')
    }
  }
  return { model: graphModel({ definition, stages: [] }), marks }
}

/** What tells most of a node that several changes are about. */
const weight: Readonly<Record<Mark, number>> = { removed: 5, added: 4, renamed: 3, moved: 2, changed: 1 }

function marksOf(changes: readonly ToldChange[]): Map<string, Mark> {
  const marks = new Map<string, Mark>()
  const put = (id: string, mark: Mark) => {
    const before = marks.get(id)
    if (before === undefined || weight[mark] > weight[before]) marks.set(id, mark)
  }
  for (const { change, stage, action } of changes) {
    if (stage === undefined) continue
    if (change.kind === 'condition')
      put(idOf({ kind: 'condition', stage, condition: change.condition }), markOf(change))
    else if (action !== undefined) put(idOf({ kind: 'action', stage, action }), markOf(change))
    else if ('part' in change && change.part === 'stage') put(idOf({ kind: 'stage', stage }), markOf(change))
  }
  return marks
}

/** The stage with the actions and conditions that only the older definition has. */
function withRemoved(
  stage: StageDefinition,
  from: Definition,
  changes: readonly ToldChange[],
  gone: (id: string) => boolean,
): StageDefinition {
  const renamed = changes.find(
    ({ change }) => change.kind === 'renamed' && change.part === 'stage' && change.to === stage.name,
  )?.change
  const oldName = renamed?.kind === 'renamed' ? renamed.name : stage.name
  const before = from.stages.find(({ name }) => name === oldName)
  if (!before || before === stage) return stage
  const goneActions = before.actions.filter(
    ({ name }) =>
      gone(idOf({ kind: 'action', stage: stage.name, action: name })) ||
      gone(idOf({ kind: 'action', stage: oldName, action: name })),
  )
  const goneConditions = before.conditions.filter(({ kind }) =>
    gone(idOf({ kind: 'condition', stage: stage.name, condition: kind })),
  )
  return {
    ...stage,
    actions: withGone<ActionDefinition>(stage.actions, goneActions, before.actions),
    conditions: [...stage.conditions, ...goneConditions],
  }
}

/** What is there, and each thing that is gone after what it stood after. */
function withGone<T extends { name: string }>(now: readonly T[], gone: readonly T[], before: readonly T[]): T[] {
  const all = [...now]
  for (const one of gone) {
    if (all.some(({ name }) => name === one.name)) continue
    const earlier = before.slice(0, before.indexOf(one)).map(({ name }) => name)
    const after = all.findLastIndex(({ name }) => earlier.includes(name))
    all.splice(after + 1, 0, one)
  }
  return all
}
