import type { ListTagsForResourceInput, ListTagsForResourceOutput } from '@aws-sdk/client-codecommit'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { repositoryOf } from './tags.ts'

export const listTagsForResource: Operation<CodeCommit, ListTagsForResourceInput, ListTagsForResourceOutput> = {
  resources: ({ resourceArn }) => [resourceArn ?? '*'],
  run: ({ store }, { resourceArn }, call) => ({ tags: { ...repositoryOf(store, resourceArn, call).tags } }),
}
