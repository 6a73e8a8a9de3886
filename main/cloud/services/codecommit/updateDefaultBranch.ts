import type { UpdateDefaultBranchInput } from '@aws-sdk/client-codecommit'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { noSuchBranch } from './errors.ts'
import { findRepository, resources } from './finding.ts'
import { branchName } from './names.ts'

export const updateDefaultBranch: Operation<CodeCommit, UpdateDefaultBranchInput, object> = {
  resources,
  async run({ store, bare, clock }, input, call) {
    const repository = findRepository(store, input.repositoryName, call)
    const branch = branchName(input.defaultBranchName)
    if ((await bare.branch(repository, branch)) === undefined) throw noSuchBranch(branch)
    await bare.setHead(repository, branch)
    store.save({ ...repository, defaultBranch: branch, modifiedAt: clock.now() })
    return {}
  },
}
