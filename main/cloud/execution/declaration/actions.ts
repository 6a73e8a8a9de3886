import type { ActionDeclaration, ActionTypeId, PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { type ActionTypeRules, actionTypeOf } from './actionTypes.ts'
import { configurationProblems } from './configuration.ts'
import { actionsOf, badAction, type Problems } from './problem.ts'

/** The account's own action types. */
export type CustomActionTypes = (type: ActionTypeId) => ActionTypeRules | undefined

/** Each action by the rules of its type (fact sheet, section 4). */
export function* actionProblems(
  declaration: PipelineDeclaration,
  region: string,
  customTypes: CustomActionTypes,
): Problems {
  for (const { action } of actionsOf(declaration)) {
    const type = action.actionTypeId
    if (!type) continue
    const rules = type.owner === 'Custom' ? customTypes(type) : actionTypeOf(type)
    if (!rules) {
      const { category, provider, owner, version } = type
      const where = region.toUpperCase().replaceAll('-', '_')
      yield badAction(
        `ActionType (Category: '${category}', Provider: '${provider}', Owner: '${owner}', Version: '${version}') in action '${action.name}' is not available in region ${where}`,
      )
      continue
    }
    yield* countProblems(action, 'input', action.inputArtifacts?.length ?? 0, rules.inputs)
    yield* countProblems(action, 'output', action.outputArtifacts?.length ?? 0, rules.outputs)
    yield* configurationProblems(action, rules)
    yield* memberProblems(action, type)
  }
}

function* countProblems(
  { name }: ActionDeclaration,
  what: 'input' | 'output',
  count: number,
  [min, max]: readonly [number, number],
): Problems {
  const declares = `Action ${name} declares ${count} ${what} artifacts which is`
  if (count < min) yield badAction(`${declares} less than the minimum count (${min})`)
  if (count > max) yield badAction(`${declares} more than the maximum count (${max})`)
}

/** Members that only some action types take. */
function* memberProblems(action: ActionDeclaration, { category, provider }: ActionTypeId): Problems {
  const { name, commands = [], outputVariables = [], environmentVariables = [], timeoutInMinutes } = action
  const compute = category === 'Compute'
  const files = (action.outputArtifacts ?? []).some(artifact => (artifact.files ?? []).length > 0)
  if (compute && commands.length === 0) yield badAction(`Action ${name} should declare at least one command`)
  if (!compute && (commands.length > 0 || files)) {
    yield badAction(
      `The following action cannot contain a commands field: ${name}. To use the commands field, use a compute action.`,
    )
  }
  if (!compute && outputVariables.length > 0) {
    yield badAction(`Action ${name} cannot contain output variables. To use output variables, use a compute action.`)
  }
  if (!compute && provider !== 'EKS' && environmentVariables.length > 0) {
    yield badAction(`Action ${name} cannot contain environment variables. To use them, use a compute action.`)
  }
  if (timeoutInMinutes !== undefined && category !== 'Approval') {
    yield badAction(`Action ${name} cannot contain timeoutInMinutes: only a manual approval action can`)
  }
}
