import type {
  BatchGetCommitsError,
  BatchGetCommitsInput,
  BatchGetCommitsOutput,
  Commit,
} from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { findRepository, resources } from './finding.ts'
import { listedCommit } from './getCommit.ts'

export const batchGetCommits: Operation<CodeCommit, BatchGetCommitsInput, BatchGetCommitsOutput> = {
  resources,
  async run({ store, reading }, { commitIds = [], repositoryName }, call) {
    const repository = findRepository(store, repositoryName, call)
    if (commitIds.length === 0) throw new AwsError('CommitIdsListRequiredException', 'A list of commit IDs is required')
    if (commitIds.length > 100) {
      throw new AwsError('CommitIdsLimitExceededException', 'The maximum number of commit IDs is 100')
    }
    const commits: Commit[] = []
    const errors: BatchGetCommitsError[] = []
    for (const commitId of commitIds) {
      try {
        commits.push(listedCommit(await reading.commit(repository, await reading.resolve(repository, commitId))))
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        errors.push({ commitId, errorCode: error.name, errorMessage: error.message })
      }
    }
    return { commits, errors }
  },
}
