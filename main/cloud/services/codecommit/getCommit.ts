import type { GetCommitInput, GetCommitOutput, Commit as Listed } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { findRepository, resources } from './finding.ts'
import { commitId } from './names.ts'
import { commitDate } from './parseCommit.ts'
import type { Commit } from './repositories.ts'

export const getCommit: Operation<CodeCommit, GetCommitInput, GetCommitOutput> = {
  resources,
  async run({ store, reading }, input, call) {
    const repository = findRepository(store, input.repositoryName, call)
    const id = commitId(input.commitId)
    try {
      return { commit: listedCommit(await reading.commit(repository, id)) }
    } catch (error) {
      if (!(error instanceof AwsError) || error.name !== 'CommitDoesNotExistException') throw error
      throw new AwsError('CommitIdDoesNotExistException', `The commit ID ${id} does not exist in the repository`)
    }
  },
}

/** A commit as the API gives it. */
export function listedCommit({ id, tree, parents, message, author, committer }: Commit & { tree: string }): Listed {
  const person = ({ name, email, at }: Commit['author']) => ({ name, email, date: commitDate(at) })
  return {
    commitId: id,
    treeId: tree,
    parents: [...parents],
    message,
    author: person(author),
    committer: person(committer),
    additionalData: '',
  }
}
