import type { Tag } from '@aws-sdk/client-codepipeline'
import type { PipelineRef } from '../../providers/provider.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import type { CodePipeline } from './lends.ts'

const mostTags = 50

/** The tags that a resource would have, or why it can't (fact sheet, section 2.2). UNCONFIRMED wording. */
export function checkTags(
  had: ReadonlyMap<string, string>,
  given: readonly { key: string; value: string }[],
): Map<string, string> {
  const reserved = given.find(({ key }) => key.toLowerCase().startsWith('aws:'))
  if (reserved) throw new AwsError('InvalidTagsException', `The tag key ${reserved.key} starts with aws:`)
  if (new Set(given.map(({ key }) => key)).size < given.length) {
    throw new AwsError('InvalidTagsException', 'The tags contain the same key twice')
  }
  const tags = new Map([...had, ...given.map(({ key, value }) => [key, value] as const)])
  if (tags.size > mostTags) {
    throw new AwsError('TooManyTagsException', `A resource can have no more than ${mostTags} tags`)
  }
  return tags
}

export const tagList = (tags: ReadonlyMap<string, string>): Tag[] => [...tags].map(([key, value]) => ({ key, value }))

/** The pipeline of an ARN, within the caller's account and region. */
export function taggedPipeline({ definitions }: CodePipeline, call: Call, arn: string): PipelineRef {
  const [start, partition, service, region, account, name, ...rest] = arn.split(':')
  if (start !== 'arn' || !partition || service !== 'codepipeline' || !name || rest.length > 0) {
    throw new AwsError('InvalidArnException', `The ARN ${arn} is not valid`)
  }
  const pipeline = account === call.account && region === call.region && definitions.find(account, region, name)
  if (!pipeline) throw new AwsError('ResourceNotFoundException', `The resource ${arn} does not exist`)
  return pipeline
}
