import type { ActionDeclaration, PipelineDeclaration, RuleDeclaration } from '@aws-sdk/client-codepipeline'
import { referencesIn, type VariableReference } from '../variables.ts'
import { conditionsOf } from './conditions.ts'
import {
  actionsOf,
  badAction,
  badStage,
  badStructure,
  type Placed,
  type Problems,
  repeated,
  runsBefore,
} from './problem.ts'

const reserved = ['codepipeline', 'variables']

/** Namespaces and the references to them: whoever produces a value must have ended before it is used (fact sheet, 3.6). */
export function* variableProblems(declaration: PipelineDeclaration): Problems {
  const actions = actionsOf(declaration)
  for (const name of repeated((declaration.variables ?? []).map(variable => variable.name ?? ''))) {
    yield badStructure(`Variable name must be unique within the pipeline. ${name} has been used more than once.`)
  }
  yield* namespaceProblems(actions)
  for (const placed of actions) {
    for (const reference of textsOf(placed.action).flatMap(referencesIn)) {
      const producers = actions.filter(other => runsBefore(other, placed))
      const fault = faultOf(reference, declaration, producers)
      if (fault) yield badAction(`Action ${placed.action.name}: ${fault}`)
      else if (reference.namespace === 'variables' && placed.action.actionTypeId?.category === 'Source') {
        yield badAction(
          `Source action ${placed.action.name} cannot use pipeline variables, but refers to ${reference.text}`,
        )
      }
    }
  }
  for (const { stage, stageIndex, kind, rule } of conditionsOf(declaration)) {
    const until = kind === 'beforeEntry' ? stageIndex - 1 : stageIndex
    const producers = actions.filter(other => other.stageIndex <= until)
    for (const reference of textsOf(rule).flatMap(referencesIn)) {
      const fault = faultOf(reference, declaration, producers)
      if (fault) yield badStage(`Rule ${rule.name} of stage ${stage.name}: ${fault}`)
    }
  }
}

function* namespaceProblems(actions: readonly Placed[]): Problems {
  const namespaces = actions.flatMap(({ action }) => (action.namespace === undefined ? [] : [action.namespace]))
  const artifacts = actions.flatMap(({ action }) => (action.outputArtifacts ?? []).map(artifact => artifact.name))
  for (const name of repeated(namespaces)) {
    yield badStructure(`Namespace must be unique within the pipeline. ${name} has been used more than once.`)
  }
  for (const { action } of actions) {
    if (action.namespace === undefined) continue
    if (reserved.includes(action.namespace)) {
      yield badAction(`Action ${action.name} cannot have the namespace ${action.namespace}, which is reserved`)
    }
    if (artifacts.includes(action.namespace)) {
      yield badAction(`Namespace ${action.namespace} of action ${action.name} is also the name of an artifact`)
    }
  }
}

/** Every text in which a reference is replaced. */
function textsOf(declared: ActionDeclaration | RuleDeclaration): string[] {
  const environment = 'environmentVariables' in declared ? (declared.environmentVariables ?? []) : []
  return [
    ...Object.values(declared.configuration ?? {}),
    ...(declared.commands ?? []),
    ...environment.map(variable => variable.value ?? ''),
  ]
}

function faultOf(
  { text, namespace, key }: VariableReference,
  { variables = [] }: PipelineDeclaration,
  producers: readonly Placed[],
): string | undefined {
  if (namespace === '' || key === '') {
    return `Valid format for a pipeline execution variable reference is a namespace and a key separated by a period (.), which ${text} is not`
  }
  if (namespace === 'codepipeline') {
    return key === 'PipelineExecutionId'
      ? undefined
      : `${text} refers to ${key}, which the namespace codepipeline lacks`
  }
  if (namespace === 'variables') {
    return variables.some(({ name }) => name === key) ? undefined : `${text} refers to a variable that is not declared`
  }
  if (producers.some(({ action }) => action.namespace === namespace)) return undefined
  return `${text} refers to the namespace ${namespace}, which none of the preceding actions has`
}
