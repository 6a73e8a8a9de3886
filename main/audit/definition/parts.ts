import type { DefinitionPart } from '../../../preload/contract/definitionChange.ts'
import { isObject, type Json, type JsonObject, member, textOf, withMember } from './json.ts'

/** A part of a definition with the name it goes by. */
export interface Named {
  name: string
  value: JsonObject
}

const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
const nameOf = (value: JsonObject) => textOf(member(value, 'name')) ?? ''

/** A trigger has no name: its source action's, and a number where one source has several. */
function triggers(pipeline: JsonObject): Named[] {
  const seen = new Map<string, number>()
  return objects(member(pipeline, 'triggers')).map(value => {
    const git = member(value, 'gitConfiguration')
    const source = (isObject(git) ? textOf(member(git, 'sourceActionName')) : undefined) ?? ''
    const count = (seen.get(source) ?? 0) + 1
    seen.set(source, count)
    return { name: count === 1 ? source : `${source}#${count}`, value }
  })
}

/** The one store of a pipeline in one region is named by no region. */
function stores(pipeline: JsonObject): Named[] {
  const one = member(pipeline, 'artifactStore')
  const many = member(pipeline, 'artifactStores')
  return [
    ...(isObject(one) ? [{ name: '', value: one }] : []),
    ...(isObject(many)
      ? Object.entries(many).flatMap(([name, value]) => (isObject(value) ? [{ name, value }] : []))
      : []),
  ]
}

const listOf = { stage: 'stages', action: 'actions', variable: 'variables', trigger: 'triggers' } as const

/** The stages, variables, triggers or artifact stores of a pipeline, or a stage's actions (`holder` is the stage). */
export function partsOf(holder: JsonObject, part: DefinitionPart): Named[] {
  if (part === 'trigger') return triggers(holder)
  if (part === 'artifactStore') return stores(holder)
  return objects(member(holder, listOf[part])).map(value => ({ name: nameOf(value), value }))
}

/** The holder with other parts. An empty list is no member, but for stages and actions, which are always there. */
export function withParts(holder: JsonObject, part: DefinitionPart, parts: readonly Named[]): JsonObject {
  if (part === 'artifactStore') {
    const regional = parts.filter(({ name }) => name !== '')
    const many = regional.length > 0 ? Object.fromEntries(regional.map(({ name, value }) => [name, value])) : undefined
    const one = parts.find(({ name }) => name === '')?.value
    return withMember(withMember(holder, 'artifactStore', one), 'artifactStores', many)
  }
  const kept = parts.length > 0 || part === 'stage' || part === 'action'
  return withMember(holder, listOf[part], kept ? parts.map(({ value }) => value) : undefined)
}

/** What holds a part: the pipeline itself, or the stage of an action. */
export function holderOf(pipeline: JsonObject, stage: string | undefined): JsonObject {
  if (stage === undefined) return pipeline
  return partsOf(pipeline, 'stage').find(({ name }) => name === stage)?.value ?? {}
}

/** The pipeline with another holder in the place of the one that was. */
export function withHolder(pipeline: JsonObject, stage: string | undefined, holder: JsonObject): JsonObject {
  if (stage === undefined) return holder
  return withParts(
    pipeline,
    'stage',
    partsOf(pipeline, 'stage').map(each => (each.name === stage ? { name: stage, value: holder } : each)),
  )
}
