import { AwsError } from '../../server/awsError.ts'
import type { ActionPlan, PipelineState, SourceRevisionOverride } from '../model.ts'
import { own } from '../records.ts'
import { currentPlan, tooMany } from './errors.ts'

export interface StartRequest {
  variables: Readonly<Record<string, string>>
  overrides: readonly SourceRevisionOverride[]
}

/**
 * StartPipelineExecution. Needs the state only. UNCONFIRMED: the names and sentences of the refusals that concern
 * variables and source revisions.
 */
export function refuseStart(state: PipelineState, { variables, overrides }: StartRequest): AwsError | undefined {
  const plan = currentPlan(state)
  const declared = plan?.variables ?? []
  const unknown = Object.keys(variables).find(name => !declared.some(variable => variable.name === name))
  if (unknown !== undefined) {
    return new AwsError('ValidationException', `Variable ${unknown} is not declared in pipeline ${plan?.name}`)
  }
  const missing = declared.find(
    ({ name, defaultValue }) => defaultValue === undefined && own(variables, name) === undefined,
  )
  if (missing) {
    const message = `Variable ${missing.name} has no default value and must be given to start pipeline ${plan?.name}`
    return new AwsError('ValidationException', message)
  }
  const sources = plan?.stages[0]?.actions ?? []
  const stray = overrides.find(({ actionName }) => !sources.some(({ name }) => name === actionName))
  if (stray) {
    const message = `Source revision override refers to ${stray.actionName}, which is no source action of the pipeline`
    return new AwsError('ValidationException', message)
  }
  return unfitting(overrides, sources) ?? tooMany(state)
}

/** What pins a revision of which provider; of others nothing is known. */
const revisionTypes: Readonly<Record<string, readonly SourceRevisionOverride['revisionType'][]>> = {
  CodeCommit: ['COMMIT_ID'],
  CodeStarSourceConnection: ['COMMIT_ID'],
  GitHub: ['COMMIT_ID'],
  ECR: ['IMAGE_DIGEST'],
  S3: ['S3_OBJECT_VERSION_ID', 'S3_OBJECT_KEY'],
}

/** An S3 source may be given its key and its version, each once. */
function unfitting(overrides: readonly SourceRevisionOverride[], sources: readonly ActionPlan[]): AwsError | undefined {
  const seen = new Set<string>()
  for (const { actionName, revisionType } of overrides) {
    const { owner, provider = '' } = sources.find(({ name }) => name === actionName)?.type ?? {}
    const fitting = owner === 'Custom' ? undefined : own(revisionTypes, provider)
    if (fitting && !fitting.includes(revisionType)) {
      const message = `Revision type ${revisionType} is not one of source action ${actionName}: ${fitting.join(', ')}`
      return new AwsError('ValidationException', message)
    }
    const pinned = `${actionName} ${revisionType}`
    if (seen.has(pinned)) {
      const message = `Source revision override refers to ${actionName} more than once with revision type ${revisionType}`
      return new AwsError('ValidationException', message)
    }
    seen.add(pinned)
  }
  return undefined
}
