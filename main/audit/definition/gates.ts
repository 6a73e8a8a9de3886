import type { DefinitionChange } from '../../../preload/contract/definitionChange.ts'
import type { RaisedAlarm } from './alarms.ts'
import { isObject, type Json, type JsonObject, member, textOf } from './json.ts'
import { partsOf } from './parts.ts'

/** An action in the order in which a pipeline executes: later stages later, in a stage by run order. */
interface Placed {
  stage: string
  name: string
  category: string | undefined
  at: readonly [stage: number, runOrder: number]
}

/**
 * Actions that fewer approvals come before than did, though no approval was removed: one was moved behind what it kept
 * back, or that before it. One alarm for each stage, of the first such action in it.
 */
export function gatesLost(before: JsonObject, after: JsonObject, changes: readonly DefinitionChange[]): RaisedAlarm[] {
  const [was, is] = [placed(before), placed(after)]
  const nameNow = renaming(changes)
  const lost = was.flatMap((action): RaisedAlarm[] => {
    if (action.category === 'Approval' || action.category === 'Source') return []
    const now = nameNow(action)
    const same = is.find(({ stage, name }) => stage === now.stage && name === now.name)
    if (!same) return []
    const [ahead, left] = [approvalsBefore(was, action), approvalsBefore(is, same)]
    if (left.length >= ahead.length) return []
    const kept = new Set(left.map(({ name }) => name))
    const names = ahead.map(approval => nameNow(approval).name).filter(name => !kept.has(name))
    const { stage, name } = same
    const which =
      names.length === 1 ? `Approval ${names[0]}` : names.length === 0 ? 'An approval' : `Approvals ${names.join(', ')}`
    return [
      {
        kind: 'approvalRemoved',
        stage,
        action: name,
        words: `${which} no longer ${names.length > 1 ? 'come' : 'comes'} before ${name} of stage ${stage}`,
      },
    ]
  })
  return lost.filter(({ stage }, index) => lost.findIndex(each => each.stage === stage) === index)
}

const approvalsBefore = (actions: readonly Placed[], { at: [stage, order] }: Placed) =>
  actions.filter(({ category, at }) => category === 'Approval' && (at[0] < stage || (at[0] === stage && at[1] < order)))

function placed(pipeline: JsonObject): Placed[] {
  return partsOf(pipeline, 'stage').flatMap(({ name: stage, value }, index) =>
    partsOf(value, 'action').map((action): Placed => {
      const order = member(action.value, 'runOrder')
      return {
        stage,
        name: action.name,
        category: categoryOf(action.value),
        at: [index, typeof order === 'number' ? order : 1],
      }
    }),
  )
}

/** What something is called after the changes that renamed it. */
function renaming(changes: readonly DefinitionChange[]) {
  const renames = changes.flatMap(change => (change.kind === 'renamed' ? [change] : []))
  const now = (part: 'stage' | 'action', stage: string | undefined, name: string) =>
    renames.find(each => each.part === part && each.name === name && each.stage === stage)?.to ?? name
  return ({ stage, name }: Pick<Placed, 'stage' | 'name'>) => {
    const to = now('stage', undefined, stage)
    return { stage: to, name: now('action', to, name) }
  }
}

/** An action's category, e.g. `Approval`. */
export function categoryOf(action: Json | undefined): string | undefined {
  const type = isObject(action) ? member(action, 'actionTypeId') : undefined
  return isObject(type) ? textOf(member(type, 'category')) : undefined
}
