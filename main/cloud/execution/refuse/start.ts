import { AwsError } from '../../server/awsError.ts'
import type { PipelineState, SourceRevisionOverride } from '../model.ts'
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
  return tooMany(state)
}
