import type { RepositoryMetadata } from '@aws-sdk/client-codecommit'
import { repositoryArn } from './announcing.ts'
import type { CodeCommit } from './codeCommit.ts'
import type { Repository } from './store.ts'

/** A repository as the API tells of it. There is no SSH here, and so no SSH URL. */
export function metadata({ cloneUrl }: CodeCommit, repository: Repository): RepositoryMetadata {
  const { account, id, name, description, defaultBranch, createdAt, modifiedAt } = repository
  return {
    accountId: account,
    repositoryId: id,
    repositoryName: name,
    ...(description !== undefined && { repositoryDescription: description }),
    ...(defaultBranch !== undefined && { defaultBranch }),
    creationDate: new Date(createdAt),
    lastModifiedDate: new Date(modifiedAt),
    cloneUrlHttp: cloneUrl(repository),
    Arn: repositoryArn(repository),
  }
}
