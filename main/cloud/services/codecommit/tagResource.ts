import type { TagResourceInput } from '@aws-sdk/client-codecommit'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { checkTags, repositoryOf } from './tags.ts'

export const tagResource: Operation<CodeCommit, TagResourceInput, object> = {
  resources: ({ resourceArn }) => [resourceArn ?? '*'],
  run({ store }, { resourceArn, tags = {} }, call) {
    const repository = repositoryOf(store, resourceArn, call)
    const all = { ...repository.tags, ...tags }
    checkTags(all)
    store.save({ ...repository, tags: all })
    return {}
  },
}
