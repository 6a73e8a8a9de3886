import type { DefinitionChange, DefinitionPart } from '../../../preload/contract/definitionChange.ts'
import { assertNever } from '../../base/assertNever.ts'
import { isObject, type Json, type JsonObject, member, withMember } from './json.ts'
import { holderOf, type Named, partsOf, withHolder, withParts } from './parts.ts'

/** The definition after the changes, one after the other. Both are in the {@link normal} form. */
export const applied = (pipeline: JsonObject, changes: readonly DefinitionChange[]): JsonObject =>
  changes.reduce(afterChange, pipeline)

/** The definition after one change. What the change names and the definition does not have is left alone. */
export function afterChange(pipeline: JsonObject, change: DefinitionChange): JsonObject {
  switch (change.kind) {
    case 'added':
      return edited(pipeline, change.part, change.stage, parts =>
        inserted(parts, change.at, { name: change.name, value: isObject(change.value) ? change.value : {} }),
      )
    case 'removed':
      return edited(pipeline, change.part, change.stage, parts => parts.filter(({ name }) => name !== change.name))
    case 'renamed':
      return edited(pipeline, change.part, change.stage, parts =>
        parts.map(each =>
          each.name === change.name ? { name: change.to, value: { ...each.value, name: change.to } } : each,
        ),
      )
    case 'moved': {
      const { part, stage, toStage = stage, name, to } = change
      const moving = partsOf(holderOf(pipeline, stage), part).find(each => each.name === name)
      if (!moving) return pipeline
      const without = edited(pipeline, part, stage, parts => parts.filter(each => each.name !== name))
      return edited(without, part, toStage, parts => inserted(parts, to, moving))
    }
    case 'changed': {
      const { part, stage, name, member: path, after } = change
      if (part === 'pipeline') return withPath(pipeline, path, after)
      return edited(pipeline, part, stage, parts =>
        parts.map(each => (each.name === name ? { ...each, value: withPath(each.value, path, after) } : each)),
      )
    }
    case 'condition': {
      const holder = holderOf(pipeline, change.stage)
      return withHolder(pipeline, change.stage, withMember(holder, change.condition, change.after))
    }
    default:
      return assertNever(change)
  }
}

function edited(
  pipeline: JsonObject,
  part: DefinitionPart,
  stage: string | undefined,
  edit: (parts: Named[]) => Named[],
): JsonObject {
  const holder = holderOf(pipeline, stage)
  return withHolder(pipeline, stage, withParts(holder, part, edit(partsOf(holder, part))))
}

const inserted = (parts: readonly Named[], at: number, part: Named) => [...parts.slice(0, at), part, ...parts.slice(at)]

/** A map that loses its last member goes with it. */
function withPath(object: JsonObject, [name = '', ...rest]: readonly string[], value: Json | undefined): JsonObject {
  if (rest.length === 0) return withMember(object, name, value)
  const inner = member(object, name)
  const changed = withPath(isObject(inner) ? inner : {}, rest, value)
  return withMember(object, name, Object.keys(changed).length > 0 ? changed : undefined)
}
