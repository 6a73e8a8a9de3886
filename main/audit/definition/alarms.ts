import type { AlarmKind, DefinitionChange } from '../../../preload/contract/definitionChange.ts'
import { assertNever } from '../../base/assertNever.ts'
import { categoryOf } from './gates.ts'
import { isObject, type Json, type JsonObject, member, textOf } from './json.ts'
import { holderOf, type Named, partsOf } from './parts.ts'
import { said, sourceCameOrWent, sourceSetting, triggerBranches } from './sourceAlarms.ts'

/** An alarm that a change of a definition raises. Several kinds may come of one change. */
export interface RaisedAlarm {
  kind: AlarmKind
  stage?: string
  action?: string
  words: string
}

/** What a reviewer must hear of, of one of the changes that led from `before` to `after`. */
export function alarmsOf(change: DefinitionChange, before: JsonObject, after: JsonObject): RaisedAlarm[] {
  switch (change.kind) {
    case 'removed':
      return removed(change, before, after)
    case 'renamed':
      return renamed(change, after)
    case 'changed':
      return changed(change, after)
    case 'condition':
      return dropped(change.before, change.after)
        ? [
            {
              kind: 'conditionDropped',
              stage: change.stage,
              words: `The condition ${places[change.condition]} of stage ${change.stage} was dropped`,
            },
          ]
        : []
    case 'added':
      return added(change)
    case 'moved':
      // An approval that was moved behind what it kept back is found in the whole: `gates.ts`.
      return []
    default:
      return assertNever(change)
  }
}

const places = { beforeEntry: 'before entry', onSuccess: 'on success', onFailure: 'on failure' }

type Of<K extends DefinitionChange['kind']> = Extract<DefinitionChange, { kind: K }>

function added({ part, stage, name, value }: Of<'added'>): RaisedAlarm[] {
  if (!isObject(value)) return []
  if (part === 'trigger') return triggerBranches(name, undefined, value)
  if (part === 'action') return sourceCameOrWent('added', stage ?? '', { name, value })
  return part === 'stage' ? partsOf(value, 'action').flatMap(each => sourceCameOrWent('added', name, each)) : []
}

function removed({ part, stage, name, value }: Of<'removed'>, before: JsonObject, after: JsonObject): RaisedAlarm[] {
  if (part === 'artifactStore') {
    const kept = partsOf(after, 'artifactStore').some(store => isObject(member(store.value, 'encryptionKey')))
    return isObject(value) && isObject(member(value, 'encryptionKey')) && !kept
      ? [{ kind: 'encryptionKeyRemoved', words: 'The artifact store went, and its encryption key with it' }]
      : []
  }
  if (!isObject(value)) return []
  if (part === 'trigger') return triggerBranches(name, value, undefined)
  const gone = (of: string, action: Named) => [
    ...approvalRemoved(of, action, before, after),
    ...sourceCameOrWent('removed', of, action),
  ]
  if (part === 'action') return gone(stage ?? '', { name, value })
  if (part !== 'stage') return []
  const gates = (['beforeEntry', 'onSuccess'] as const).filter(kind => hasConditions(member(value, kind)))
  return [
    ...partsOf(value, 'action').flatMap(action => gone(name, action)),
    ...gates.map(
      (kind): RaisedAlarm => ({
        kind: 'conditionDropped',
        stage: name,
        words: `The condition ${places[kind]} of stage ${name} went with the stage`,
      }),
    ),
  ]
}

/** An approval that stands elsewhere now, in a stage that had none of its name, is not removed. */
function approvalRemoved(stage: string, { name, value }: Named, before: JsonObject, after: JsonObject): RaisedAlarm[] {
  if (!isApproval(value)) return []
  const has = (pipeline: JsonObject, of: string) =>
    partsOf(holderOf(pipeline, of), 'action').some(action => action.name === name && isApproval(action.value))
  const elsewhere = partsOf(after, 'stage').some(({ name: of }) => has(after, of) && !has(before, of))
  return elsewhere
    ? []
    : [{ kind: 'approvalRemoved', stage, action: name, words: `Approval ${name} removed from stage ${stage}` }]
}

function renamed({ part, stage, name, to }: Of<'renamed'>, after: JsonObject): RaisedAlarm[] {
  if (part === 'action') {
    const action = partsOf(holderOf(after, stage), 'action').find(each => each.name === to)
    return isApproval(action?.value)
      ? [
          {
            kind: 'approvalRenamed',
            ...(stage !== undefined && { stage }),
            action: to,
            words: `Approval ${name} of stage ${stage} renamed to ${to}: policies that name it no longer hold`,
          },
        ]
      : []
  }
  return partsOf(holderOf(after, to), 'action')
    .filter(action => isApproval(action.value))
    .map(action => ({
      kind: 'approvalRenamed',
      stage: to,
      action: action.name,
      words: `Stage ${name} renamed to ${to}: policies that name its approval ${action.name} no longer hold`,
    }))
}

function changed(
  { part, stage, name, member: path, before, after: now }: Of<'changed'>,
  after: JsonObject,
): RaisedAlarm[] {
  const [first, key] = path
  if (part === 'trigger') return triggerBranches(name ?? '', before, now)
  if (first === 'roleArn') {
    const of = part === 'pipeline' ? 'The pipeline' : `Action ${name} of stage ${stage}`
    return [{ kind: 'roleChanged', ...at(stage, name), words: `${of} acts as ${said(now)} instead of ${said(before)}` }]
  }
  if (part === 'artifactStore' && first === 'encryptionKey' && now === undefined)
    return [{ kind: 'encryptionKeyRemoved', words: `The artifact store is no longer encrypted with ${keyId(before)}` }]
  const action =
    part === 'action' ? partsOf(holderOf(after, stage), 'action').find(each => each.name === name) : undefined
  if (isApproval(before === undefined ? undefined : typed(before)) && first === 'actionTypeId')
    return [
      {
        kind: 'approvalRemoved',
        ...at(stage, name),
        words: `Approval ${name} of stage ${stage} is no approval any more`,
      },
    ]
  if (!action || categoryOf(action.value) !== 'Source' || stage === undefined) return []
  if (first === 'actionTypeId')
    return [{ kind: 'sourceChanged', ...at(stage, name), words: `Source ${name} comes from another provider` }]
  return key === undefined || name === undefined ? [] : sourceSetting(stage, name, key, before, now)
}

const at = (stage: string | undefined, action: string | undefined) => ({
  ...(stage !== undefined && { stage }),
  ...(stage !== undefined && action !== undefined && { action }),
})

const keyId = (value: Json | undefined) => (isObject(value) ? said(member(value, 'id')) : 'a key of its own')

/** An action type as an action of that type, to ask of it what is asked of actions. */
const typed = (type: Json): JsonObject => ({ actionTypeId: type })

const isApproval = (action: Json | undefined) => categoryOf(action) === 'Approval'

function hasConditions(value: Json | undefined): boolean {
  const conditions = isObject(value) ? member(value, 'conditions') : undefined
  return Array.isArray(conditions) && conditions.length > 0
}

/** Fewer rules hold than before. */
function dropped(before: Json | undefined, after: Json | undefined): boolean {
  const names = (value: Json | undefined) => {
    const conditions = isObject(value) ? member(value, 'conditions') : undefined
    return (Array.isArray(conditions) ? conditions : []).flatMap(each => {
      const rules = isObject(each) ? member(each, 'rules') : undefined
      return (Array.isArray(rules) ? rules : []).flatMap(rule =>
        isObject(rule) ? (textOf(member(rule, 'name')) ?? []) : [],
      )
    })
  }
  const left = new Set(names(after))
  return names(before).some(name => !left.has(name))
}
