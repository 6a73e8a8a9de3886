import type { TagResourceInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, list, resourceArn, structure, text } from './constraints.ts'
import type { CodePipeline } from './lends.ts'
import { checkTags, taggedResource } from './tags.ts'

const Input = structure({
  resourceArn: resourceArn(),
  tags: list(structure({ key: text(1, 128), value: text(0, 256) })),
})

/** Adds tags, or replaces their values. */
export const tagResource: Operation<CodePipeline, TagResourceInput, object> = {
  resources: ({ resourceArn: arn }) => [arn ?? '*'],
  run(service, input, call) {
    const { resourceArn: arn, tags } = checked(Input, input)
    const tagged = taggedResource(service, call, arn)
    tagged.tag(checkTags(tagged.tags(), tags))
    return {}
  },
}
