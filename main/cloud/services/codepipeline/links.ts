import type { ActionPlan } from '../../execution/model.ts'

/** Where the console shows what an action works on: `entityUrl` of its state. */
export function entityUrl(action: ActionPlan, pipelineRegion: string): string | undefined {
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
