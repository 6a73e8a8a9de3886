import type { ListTagsForResourceInput, ListTagsForResourceOutput } from '@aws-sdk/client-codepipeline'
import { z } from 'zod'
import type { Operation } from '../../server/operation.ts'
import { checked, nextToken, pageSize, resourceArn, structure } from './constraints.ts'
import type { CodePipeline } from './lends.ts'
import { taggedResource, tagList } from './tags.ts'

const Input = structure({ resourceArn: resourceArn(), nextToken: nextToken(), maxResults: pageSize() })
const position = z.object({ at: z.number() })

/** The tags of a pipeline, a custom action type or a webhook, by key. */
export const listTagsForResource: Operation<CodePipeline, ListTagsForResourceInput, ListTagsForResourceOutput> = {
  resources: ({ resourceArn: arn }) => [arn ?? '*'],
  run(service, input, call) {
    const { resourceArn: arn, nextToken: token, maxResults = 100 } = checked(Input, input)
    const tags = tagList(taggedResource(service, call, arn).tags())
    const scope = { operation: 'ListTagsForResource', arn }
    const from = token === undefined ? 0 : service.pageTokens.open(scope, token, position).at
    const until = from + maxResults
    return {
      tags: tags.slice(from, until),
      ...(until < tags.length && { nextToken: service.pageTokens.seal(scope, { at: until }) }),
    }
  },
}
