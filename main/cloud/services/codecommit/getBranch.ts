import type { GetBranchInput, GetBranchOutput } from '@aws-sdk/client-codecommit'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { noSuchBranch } from './errors.ts'
import { findRepository, resources } from './finding.ts'
import { branchName } from './names.ts'

export const getBranch: Operation<CodeCommit, GetBranchInput, GetBranchOutput> = {
  resources,
  async run({ store, bare }, input, call) {
    const repository = findRepository(store, input.repositoryName, call)
    const name = branchName(input.branchName)
    const head = await bare.branch(repository, name)
    if (head === undefined) throw noSuchBranch(name)
    return { branch: { branchName: name, commitId: head } }
  },
}
