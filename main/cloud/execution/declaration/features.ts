import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { actionTypeOf } from './actionTypes.ts'
import { actionsOf, badStructure, type Problems } from './problem.ts'

/** What only a pipeline of type V2 can have, in the words of whoever declared it. */
function* v2Features(declaration: PipelineDeclaration): Generator<string, void, void> {
  const { executionMode, variables = [], triggers = [], stages = [] } = declaration
  if (executionMode !== undefined && executionMode !== 'SUPERSEDED') yield `execution mode ${executionMode}`
  if (variables.length > 0) yield 'pipeline variables'
  if (triggers.length > 0) yield 'triggers'
  for (const { name, beforeEntry, onSuccess, onFailure } of stages) {
    if (beforeEntry || onSuccess || onFailure) yield `the conditions of stage ${name}`
  }
  for (const { action } of actionsOf(declaration)) {
    if (action.actionTypeId && actionTypeOf(action.actionTypeId)?.v2) yield `action ${action.name}`
  }
}

/** What is declared without a type but needs V2 is V2; all else is V1 (fact sheet, section 10). */
export function pipelineTypeOf(declaration: PipelineDeclaration): 'V1' | 'V2' {
  if (declaration.pipelineType) return declaration.pipelineType
  return v2Features(declaration).next().done ? 'V1' : 'V2'
}

export function* featureProblems(declaration: PipelineDeclaration): Problems {
  if (declaration.pipelineType !== 'V1') return
  for (const feature of v2Features(declaration)) {
    yield badStructure(`Pipeline of type V1 cannot have ${feature}. Use pipeline type V2.`)
  }
}
