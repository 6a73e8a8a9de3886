import type { UntagResourceInput } from '@aws-sdk/client-codecommit'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { repositoryOf } from './tags.ts'

export const untagResource: Operation<CodeCommit, UntagResourceInput, object> = {
  resources: ({ resourceArn }) => [resourceArn ?? '*'],
  run({ store }, { resourceArn, tagKeys = [] }, call) {
    const repository = repositoryOf(store, resourceArn, call)
    const tags = Object.fromEntries(Object.entries(repository.tags).filter(([key]) => !tagKeys.includes(key)))
    store.save({ ...repository, tags })
    return {}
  },
}
