import type { Declaration } from '../../../preload/contract/declaration.ts'
import { isObject, type Json, type JsonObject, member, withMember } from './json.ts'

/**
 * A declaration in the one form in which two can be compared: without its version number, without empty lists and maps,
 * with AWS's defaults written out. GetPipeline writes them, UpdatePipeline's caller need not: neither is a change.
 */
export function normal(declaration: Declaration): JsonObject {
  const whole = pruned(plain(declaration))
  const pipeline = isObject(whole) ? withMember(whole, 'version', undefined) : {}
  const stages = member(pipeline, 'stages')
  return {
    executionMode: 'SUPERSEDED',
    pipelineType: 'V1',
    ...pipeline,
    stages: Array.isArray(stages) ? stages.map(stage => (isObject(stage) ? normalStage(stage) : stage)) : [],
  }
}

function normalStage(stage: JsonObject): JsonObject {
  const actions = member(stage, 'actions')
  return {
    ...stage,
    actions: Array.isArray(actions)
      ? actions.map(action => (isObject(action) ? { runOrder: 1, ...action } : action))
      : [],
  }
}

/** As JSON would carry it: members that are `undefined` are none. */
const plain = (declaration: Declaration): Json => JSON.parse(JSON.stringify(declaration)) as Json

function pruned(value: Json): Json {
  if (Array.isArray(value)) return value.map(pruned)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [name, pruned(item)] as const)
      .filter(([, item]) => !isEmpty(item)),
  )
}

const isEmpty = (value: Json) => (Array.isArray(value) ? value.length === 0 : isObject(value) && isNothing(value))
const isNothing = (value: JsonObject) => Object.keys(value).length === 0
