import type { UntagResourceInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, list, resourceArn, structure, text } from './constraints.ts'
import type { CodePipeline } from './lends.ts'
import { taggedResource } from './tags.ts'

const Input = structure({ resourceArn: resourceArn(), tagKeys: list(text(1, 128)) })

/** Takes tags away; keys that are not there are no error. */
export const untagResource: Operation<CodePipeline, UntagResourceInput, object> = {
  resources: ({ resourceArn: arn }) => [arn ?? '*'],
  run(service, input, call) {
    const { resourceArn: arn, tagKeys } = checked(Input, input)
    taggedResource(service, call, arn).untag(tagKeys)
    return {}
  },
}
