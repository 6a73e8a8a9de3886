import type {
  BatchGetRepositoriesInput,
  BatchGetRepositoriesOutput,
  RepositoryMetadata,
} from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { metadata } from './metadata.ts'
import { repositoryName } from './names.ts'

export const batchGetRepositories: Operation<CodeCommit, BatchGetRepositoriesInput, BatchGetRepositoriesOutput> = {
  resources: ({ repositoryNames }, { account, region }) =>
    (repositoryNames ?? []).map(name => `arn:aws:codecommit:${region}:${account}:${name}`),
  run(codeCommit, { repositoryNames = [] }, { account, region }) {
    if (repositoryNames.length === 0) {
      throw new AwsError('RepositoryNamesRequiredException', 'A repository names object is required')
    }
    if (repositoryNames.length > 100) {
      throw new AwsError('MaximumRepositoryNamesExceededException', 'The maximum number of repository names is 100')
    }
    const repositories: RepositoryMetadata[] = []
    const repositoriesNotFound: string[] = []
    for (const given of repositoryNames) {
      const name = repositoryName(given)
      const found = codeCommit.store.find(account, region, name)
      if (found) repositories.push(metadata(codeCommit, found))
      else repositoriesNotFound.push(name)
    }
    return { repositories, repositoriesNotFound }
  },
}
