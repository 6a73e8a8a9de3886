import type { ActionDeclaration } from '@aws-sdk/client-codepipeline'
import type { ActionTypeRules } from './actionTypes.ts'
import { badAction, type Problems } from './problem.ts'

/** Keys and values of an action's configuration. */
export function* configurationProblems(action: ActionDeclaration, rules: ActionTypeRules): Problems {
  const { name, configuration = {} } = action
  const given = new Map(Object.entries(configuration))
  for (const key of rules.required) {
    if (!given.has(key)) {
      yield badAction(`Action configuration for action '${name}' is missing required configuration '${key}'`)
    }
  }
  const { optional } = rules
  if (optional !== 'any') {
    for (const key of given.keys()) {
      if (rules.required.includes(key) || optional.includes(key)) continue
      yield badAction(`Action configuration for action '${name}' contains unknown configuration '${key}'`)
    }
  }
  for (const [key, allowed] of allowedValues(action)) {
    const value = given.get(key)
    // A reference to a variable has its value only when the action starts.
    if (value === undefined || value.includes('#{') || allowed.includes(value)) continue
    yield badAction(
      `Action configuration for action '${name}' has value '${value}' for '${key}', which is none of ${allowed.join(', ')}`,
    )
  }
  yield* dependencyProblems(action, given)
  const queried = rules.queryable === undefined ? undefined : given.get(rules.queryable)
  if (queried !== undefined && !/^[A-Za-z0-9_-]{1,20}$/.test(queried)) {
    yield badAction(
      `Action configuration for action '${name}' has value '${queried}' for the queryable '${rules.queryable}', which should have up to 20 letters, digits, underscores and hyphens`,
    )
  }
}

const yesNo = ['true', 'false']

function allowedValues({ actionTypeId }: ActionDeclaration): [key: string, values: readonly string[]][] {
  switch (`${actionTypeId?.category}/${actionTypeId?.provider}`) {
    case 'Source/S3':
      return [
        ['PollForSourceChanges', yesNo],
        ['AllowOverrideForS3ObjectKey', yesNo],
      ]
    case 'Source/CodeCommit':
      return [
        ['PollForSourceChanges', yesNo],
        ['OutputArtifactFormat', ['CODE_ZIP', 'CODEBUILD_CLONE_REF']],
      ]
    case 'Source/CodeStarSourceConnection':
      return [
        ['DetectChanges', yesNo],
        ['OutputArtifactFormat', ['CODE_ZIP', 'CODEBUILD_CLONE_REF']],
      ]
    case 'Build/CodeBuild':
    case 'Test/CodeBuild':
      return [
        ['BatchEnabled', yesNo],
        ['CombineArtifacts', yesNo],
      ]
    case 'Deploy/S3':
      return [['Extract', yesNo]]
    case 'Deploy/CloudFormation':
      return [
        [
          'ActionMode',
          ['CREATE_UPDATE', 'DELETE_ONLY', 'REPLACE_ON_FAILURE', 'CHANGE_SET_REPLACE', 'CHANGE_SET_EXECUTE'],
        ],
      ]
    case 'Deploy/EC2':
      return [['InstanceType', ['EC2', 'SSM_MANAGED_NODE']]]
    case 'Invoke/StepFunctions':
      return [['InputType', ['Literal', 'FilePath']]]
    case 'Invoke/InspectorScan':
      return [['InspectorRunMode', ['SourceCodeScan', 'ECRImageScan']]]
    default:
      return []
  }
}

/** Keys that others make necessary (fact sheet, section 4). */
function* dependencyProblems(action: ActionDeclaration, given: ReadonlyMap<string, string>): Problems {
  const { name, actionTypeId, inputArtifacts = [] } = action
  const missing = (key: string) =>
    badAction(`Action configuration for action '${name}' is missing required configuration '${key}'`)
  switch (actionTypeId?.provider) {
    case 'CodeBuild': {
      const primary = given.get('PrimarySource')
      if (inputArtifacts.length > 1 && primary === undefined) yield missing('PrimarySource')
      if (primary !== undefined && !primary.includes('#{') && !inputArtifacts.some(input => input.name === primary)) {
        yield badAction(`PrimarySource ${primary} of action '${name}' is none of its input artifacts`)
      }
      return
    }
    case 'S3':
      if (given.get('Extract') === 'false' && !given.has('ObjectKey')) yield missing('ObjectKey')
      return
    case 'CloudFormation': {
      const mode = given.get('ActionMode') ?? ''
      if (mode.startsWith('CHANGE_SET') && !given.has('ChangeSetName')) yield missing('ChangeSetName')
      const needsTemplate = ['CREATE_UPDATE', 'REPLACE_ON_FAILURE', 'CHANGE_SET_REPLACE'].includes(mode)
      if (needsTemplate && !given.has('TemplatePath')) yield missing('TemplatePath')
      return
    }
    default:
  }
}
