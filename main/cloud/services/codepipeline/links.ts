import type { ActionExecution, ActionPlan } from '../../execution/model.ts'
import type { CustomTypes } from './customTypes.ts'

/** Where people are sent from an action of the state. */
export type LinksOf = (action: ActionPlan) => { entity?: string | undefined; revision?: string | undefined }

/** The links of AWS's own actions, and of custom ones by the templates of their types. */
export const linksIn =
  (types: CustomTypes, { account, region }: { account: string; region: string }): LinksOf =>
  action => {
    if (action.type.owner !== 'Custom') return { entity: entityUrl(action, region) }
    const { entityUrlTemplate, revisionUrlTemplate } =
      types.find(account, region, action.type)?.actionType.settings ?? {}
    return {
      entity: filled(entityUrlTemplate, action.configuration),
      revision: filled(revisionUrlTemplate, action.configuration),
    }
  }

/** Where a worker's own system shows what it does for an action; without an id from it nowhere. */
export function executionUrl(
  types: CustomTypes,
  { account, region }: { account: string; region: string },
  { type }: ActionPlan,
  { resolvedConfiguration }: ActionExecution,
  externalExecutionId: string | undefined,
): string | undefined {
  const template = types.find(account, region, type)?.actionType.settings?.executionUrlTemplate
  return filled(template, resolvedConfiguration, externalExecutionId)
}

const placeholder = /\{(?:Config:([^{}]+)|(ExternalExecutionId))\}/g

/** The template with its placeholders replaced; undefined where one of them has no value. */
function filled(
  template: string | undefined,
  configuration: Readonly<Record<string, string>>,
  externalExecutionId?: string,
): string | undefined {
  let complete = true
  const url = template?.replace(placeholder, (_, key: string | undefined) => {
    const value = key === undefined ? externalExecutionId : configuration[key]
    complete &&= value !== undefined
    return encodeURI((value ?? '').toWellFormed())
  })
  return complete ? url : undefined
}

/** Every placeholder of a template by the configuration key that it asks for. */
export const configKeysOf = (template: string): string[] =>
  [...template.matchAll(placeholder)].flatMap(([, key]) => key ?? [])

/** Where the console shows what an action works on: `entityUrl` of its state. */
function entityUrl(action: ActionPlan, pipelineRegion: string): string | undefined {
  const region = action.region ?? pipelineRegion
  const console = `https://${region}.console.aws.amazon.com`
  const value = (key: string) => encodeURIComponent(action.configuration[key] ?? '')
  switch (`${action.type.category}/${action.type.provider}`) {
    case 'Source/CodeCommit':
      return `${console}/codesuite/codecommit/repositories/${value('RepositoryName')}/browse/refs/heads/${value('BranchName')}/--/?region=${region}`
    case 'Source/S3':
      return `${console}/s3/object/${value('S3Bucket')}?prefix=${value('S3ObjectKey')}`
    case 'Build/CodeBuild':
    case 'Test/CodeBuild':
      return `${console}/codesuite/codebuild/projects/${value('ProjectName')}?region=${region}`
    case 'Deploy/S3':
      return `${console}/s3/buckets/${value('BucketName')}`
    default:
      return undefined
  }
}
