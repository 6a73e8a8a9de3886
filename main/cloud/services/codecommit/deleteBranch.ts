import type { DeleteBranchInput, DeleteBranchOutput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { findRepository, resources } from './finding.ts'
import { branchName } from './names.ts'

/** Succeeds, without a branch, where there is none. */
export const deleteBranch: Operation<CodeCommit, DeleteBranchInput, DeleteBranchOutput> = {
  resources,
  async run({ store, bare, announce, inTurn }, input, call) {
    const repository = findRepository(store, input.repositoryName, call)
    const name = branchName(input.branchName)
    if (repository.defaultBranch === name) {
      throw new AwsError(
        'DefaultBranchCannotBeDeletedException',
        `The branch ${name} is the default branch and cannot be deleted`,
      )
    }
    return inTurn(repository.id, async () => {
      const head = await bare.branch(repository, name)
      if (head === undefined) return {}
      await bare.moveRef(repository, `refs/heads/${name}`, head, undefined)
      await announce(repository, call.caller.arn)
      return { deletedBranch: { branchName: name, commitId: head } }
    })
  },
}
