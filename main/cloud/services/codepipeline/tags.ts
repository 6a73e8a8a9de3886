import type { ActionCategory, Tag } from '@aws-sdk/client-codepipeline'
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

/** What can have tags: a pipeline, a custom action type, a webhook. */
export interface Tagged {
  tags(): ReadonlyMap<string, string>
  /** Adds tags, or replaces their values. */
  tag(tags: ReadonlyMap<string, string>): void
  untag(keys: readonly string[]): void
}

/** The resource of an ARN, within the caller's account and region. */
export function taggedResource(service: CodePipeline, call: Call, arn: string): Tagged {
  const [start, partition, serviceName, region, account, ...name] = arn.split(':')
  if (start !== 'arn' || !partition || serviceName !== 'codepipeline' || name.includes('') || name.length === 0) {
    throw new AwsError('InvalidArnException', `The ARN ${arn} is not valid`)
  }
  const own = account === call.account && region === call.region
  const found = own ? resourceNamed(service, call, name) : undefined
  if (!found) throw new AwsError('ResourceNotFoundException', `The resource ${arn} does not exist`)
  return found
}

/** The tags of what an ARN names, with a stage's or an action's those of its pipeline; none where nothing is there. */
export function tagsOf(service: CodePipeline, call: Call, arn: string): ReadonlyMap<string, string> {
  const [, , , , , first = '', ...rest] = arn.split(':')
  const [pipeline = ''] = first.split('/')
  return resourceNamed(service, call, rest.length === 0 ? [pipeline] : [first, ...rest])?.tags() ?? new Map()
}

function resourceNamed(service: CodePipeline, { account, region }: Call, name: readonly string[]): Tagged | undefined {
  const { definitions, customTypes, webhooks } = service
  const [first = '', second = '', ...rest] = name
  if (rest.length > 0) return undefined
  if (second === '') {
    const pipeline = definitions.find(account, region, first)
    return pipeline && tagsOfPipeline(service, pipeline)
  }
  switch (first) {
    case 'webhook': {
      const webhook = webhooks.find(account, region, second)
      return webhook && wholeTags(webhook.tags, tags => webhooks.put(account, region, webhook.definition, tags))
    }
    case 'actiontype': {
      const [owner, category, provider = '', version = ''] = second.split('/')
      const type =
        owner === 'Custom'
          ? customTypes.find(account, region, { category: category as ActionCategory, provider, version })
          : undefined
      return type && !type.deleted
        ? wholeTags(type.tags, tags => customTypes.keep(account, region, { ...type, tags }))
        : undefined
    }
    default:
      return undefined
  }
}

const tagsOfPipeline = ({ definitions }: CodePipeline, pipeline: PipelineRef): Tagged => ({
  tags: () => definitions.tags(pipeline),
  tag: tags => definitions.tag(pipeline, tags),
  untag: keys => definitions.untag(pipeline, keys),
})

/** Tags that are kept with their resource, in the order of their keys. */
const wholeTags = (had: ReadonlyMap<string, string>, keep: (tags: ReadonlyMap<string, string>) => void): Tagged => ({
  tags: () => new Map([...had].sort(([a], [b]) => (a < b ? -1 : 1))),
  tag: tags => keep(new Map([...had, ...tags])),
  untag: keys => keep(new Map([...had].filter(([key]) => !keys.includes(key)))),
})
