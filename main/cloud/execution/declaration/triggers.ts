import type {
  GitPullRequestFilter,
  GitPushFilter,
  PipelineDeclaration,
  PipelineTriggerDeclaration,
} from '@aws-sdk/client-codepipeline'
import { badStructure, type Problems, repeated } from './problem.ts'

/** Bytes of JSON (fact sheet, 11.1). UNCONFIRMED: the error's name and sentence. */
const mostBytes = 200 * 1024

/** Triggers and which filters go together (fact sheet, 3.7). */
export function* triggerProblems({ triggers = [], stages = [] }: PipelineDeclaration): Problems {
  const names = triggers.map(trigger => trigger.gitConfiguration?.sourceActionName ?? '')
  if (Buffer.byteLength(JSON.stringify(triggers)) > mostBytes) {
    yield badStructure(`The triggers of the pipeline are larger than ${mostBytes} bytes`)
  }
  for (const name of repeated(names)) yield badStructure(`Source action ${name} should have one trigger only`)
  for (const trigger of triggers) {
    const { sourceActionName: name } = trigger.gitConfiguration ?? {}
    const source = stages[0]?.actions?.find(action => action.name === name)
    if (!source) yield badStructure(`Trigger refers to ${name}, which is no source action of the pipeline`)
    else if (source.actionTypeId?.provider !== 'CodeStarSourceConnection') {
      yield badStructure(`Trigger refers to ${name}, which is no source action of provider CodeStarSourceConnection`)
    }
    yield* filterProblems(trigger)
  }
}

function* filterProblems({ gitConfiguration }: PipelineTriggerDeclaration): Problems {
  const { sourceActionName: name, push = [], pullRequest = [] } = gitConfiguration ?? {}
  for (const filter of push) {
    const fault = pushFault(filter)
    if (fault) yield badStructure(`Push filter of the trigger of ${name} ${fault}`)
  }
  for (const filter of pullRequest) {
    const fault = pullRequestFault(filter)
    if (fault) yield badStructure(`Pull request filter of the trigger of ${name} ${fault}`)
  }
}

function pushFault({ tags, branches, filePaths }: GitPushFilter): string | undefined {
  if (tags && (branches || filePaths)) return 'cannot have tags together with branches or file paths'
  return tags ? undefined : branchFault(branches, filePaths)
}

function pullRequestFault({ branches, filePaths }: GitPullRequestFilter): string | undefined {
  return branchFault(branches, filePaths)
}

function branchFault(branches: object | undefined, filePaths: object | undefined): string | undefined {
  if (branches) return undefined
  return filePaths ? 'cannot have file paths without branches' : 'should have branches'
}
