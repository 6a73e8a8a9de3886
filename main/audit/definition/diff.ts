import type { Declaration } from '../../../preload/contract/declaration.ts'
import type { DefinitionChange, DefinitionPart } from '../../../preload/contract/definitionChange.ts'
import { applied } from './apply.ts'
import { isObject, type Json, type JsonObject, member, same } from './json.ts'
import { normal } from './normal.ts'
import { moves } from './order.ts'
import { actionLikeness, renamedPairs, stageLikeness } from './pairs.ts'
import { holderOf, type Named, partsOf } from './parts.ts'

/**
 * What turns one definition into another, step by step in words of the field: applied to the one, the steps give the
 * other (both in the {@link normal} form). The version number is no part of it.
 */
export function diff(before: Declaration, after: Declaration): DefinitionChange[] {
  const wanted = normal(after)
  const steps: DefinitionChange[] = []
  let current = normal(before)
  // Each group of steps is found in the definition as the ones before left it, so that positions and names hold.
  const take = (found: (now: JsonObject) => DefinitionChange[]) => {
    const changes = found(current)
    current = applied(current, changes)
    steps.push(...changes)
  }
  take(now => members('pipeline', now, wanted, ownParts.pipeline, {}))
  for (const part of ['variable', 'trigger', 'artifactStore'] as const) {
    for (const step of listSteps(part, undefined, wanted)) take(step)
    take(now => partMembers(part, undefined, now, wanted))
  }
  take(now => renames('stage', undefined, now, wanted, stageLikeness))
  take(now => betweenStages(now, wanted))
  for (const step of listSteps('stage', undefined, wanted)) take(step)
  for (const { name: stage } of partsOf(wanted, 'stage')) {
    take(now => renames('action', stage, now, wanted, actionLikeness))
    for (const step of listSteps('action', stage, wanted)) take(step)
    take(now => partMembers('action', stage, now, wanted))
    take(now => conditions(stage, now, wanted))
    take(now => members('stage', holderOf(now, stage), holderOf(wanted, stage), ownParts.stage, { name: stage }))
  }
  return steps
}

const conditionKinds = ['beforeEntry', 'onSuccess', 'onFailure'] as const
/** Members that are parts of their own, compared apart. */
const ownParts = {
  pipeline: ['stages', 'variables', 'triggers', 'artifactStore', 'artifactStores'],
  stage: ['name', 'actions', ...conditionKinds],
}

type Step = (now: JsonObject) => DefinitionChange[]

/** Removed, moved, added: after the three both have the same names in the same order. */
function listSteps(part: DefinitionPart, stage: string | undefined, wanted: JsonObject): Step[] {
  const target = partsOf(holderOf(wanted, stage), part)
  const where = stage === undefined ? {} : { stage }
  const lacks = (parts: readonly Named[], name: string) => !parts.some(each => each.name === name)
  return [
    now => {
      const parts = partsOf(holderOf(now, stage), part)
      const gone = parts.filter(({ name }) => lacks(target, name))
      // From the last on: what is removed does not move what is still to be removed.
      return gone
        .map(({ name, value }) => ({
          kind: 'removed' as const,
          part,
          ...where,
          name,
          at: parts.findIndex(each => each.name === name),
          value,
        }))
        .reverse()
    },
    now => {
      if (part === 'artifactStore') return []
      const parts = partsOf(holderOf(now, stage), part)
      const kept = target.filter(({ name }) => !lacks(parts, name))
      return moves(
        parts.map(({ name }) => name),
        kept.map(({ name }) => name),
      ).map(move => ({ kind: 'moved' as const, part, ...where, ...move }))
    },
    now => {
      const parts = partsOf(holderOf(now, stage), part)
      return target.flatMap(({ name, value }, at) =>
        lacks(parts, name) ? [{ kind: 'added' as const, part, ...where, name, at, value }] : [],
      )
    },
  ]
}

function renames(
  part: 'stage' | 'action',
  stage: string | undefined,
  now: JsonObject,
  wanted: JsonObject,
  likeness: (a: JsonObject, b: JsonObject) => number,
): DefinitionChange[] {
  const pairs = renamedPairs(partsOf(holderOf(now, stage), part), partsOf(holderOf(wanted, stage), part), likeness)
  return pairs.map(pair => ({ kind: 'renamed', part, ...(stage !== undefined && { stage }), ...pair }))
}

/** Actions that went from one stage to another, both of which are there before and after. */
function betweenStages(now: JsonObject, wanted: JsonObject): DefinitionChange[] {
  const stages = partsOf(now, 'stage').filter(({ name }) => partsOf(wanted, 'stage').some(each => each.name === name))
  const taken = new Set<string>()
  return stages.flatMap(({ name: stage, value }) =>
    partsOf(value, 'action').flatMap((action, from): DefinitionChange[] => {
      if (partsOf(holderOf(wanted, stage), 'action').some(({ name }) => name === action.name)) return []
      const target = stages.find(
        ({ name, value: holder }) =>
          name !== stage &&
          !taken.has(`${name}/${action.name}`) &&
          !partsOf(holder, 'action').some(each => each.name === action.name) &&
          partsOf(holderOf(wanted, name), 'action').some(
            each => each.name === action.name && actionLikeness(each.value, action.value) > 0,
          ),
      )
      if (!target) return []
      taken.add(`${target.name}/${action.name}`)
      const to = partsOf(target.value, 'action').length
      return [{ kind: 'moved', part: 'action', stage, toStage: target.name, name: action.name, from, to }]
    }),
  )
}

/** Members of parts that are in both. */
function partMembers(
  part: DefinitionPart,
  stage: string | undefined,
  now: JsonObject,
  wanted: JsonObject,
): DefinitionChange[] {
  const target = partsOf(holderOf(wanted, stage), part)
  return partsOf(holderOf(now, stage), part).flatMap(({ name, value }) => {
    const other = target.find(each => each.name === name)
    return other ? members(part, value, other.value, ['name'], { ...(stage !== undefined && { stage }), name }) : []
  })
}

function members(
  part: DefinitionPart | 'pipeline',
  before: JsonObject,
  after: JsonObject,
  apart: readonly string[],
  where: { stage?: string; name?: string },
): DefinitionChange[] {
  const changed = (path: [string, ...string[]], from: Json | undefined, to: Json | undefined): DefinitionChange[] =>
    same(from, to)
      ? []
      : [
          {
            kind: 'changed',
            part,
            ...where,
            member: path,
            ...(from !== undefined && { before: from }),
            ...(to !== undefined && { after: to }),
          },
        ]
  return union(before, after)
    .filter(name => !apart.includes(name))
    .flatMap(name => {
      const [from, to] = [member(before, name), member(after, name)]
      if (part !== 'action' || name !== 'configuration') return changed([name], from, to)
      const [a, b] = [isObject(from) ? from : {}, isObject(to) ? to : {}]
      return union(a, b).flatMap(key => changed([name, key], member(a, key), member(b, key)))
    })
}

function conditions(stage: string, now: JsonObject, wanted: JsonObject): DefinitionChange[] {
  const [from, to] = [holderOf(now, stage), holderOf(wanted, stage)]
  return conditionKinds.flatMap((condition): DefinitionChange[] => {
    const [before, after] = [member(from, condition), member(to, condition)]
    if (same(before, after)) return []
    return [
      {
        kind: 'condition',
        stage,
        condition,
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
      },
    ]
  })
}

const union = (a: JsonObject, b: JsonObject) => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
