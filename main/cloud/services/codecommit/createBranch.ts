import type { CreateBranchInput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { findRepository, resources } from './finding.ts'
import { branchName, commitId } from './names.ts'

export const createBranch: Operation<CodeCommit, CreateBranchInput, object> = {
  resources,
  async run({ store, bare, reading, announce, inTurn }, input, call) {
    const repository = findRepository(store, input.repositoryName, call)
    const name = branchName(input.branchName)
    const { id } = await reading.commit(repository, commitId(input.commitId))
    await inTurn(repository.id, async () => {
      const made = await bare.moveRef(repository, `refs/heads/${name}`, undefined, id)
      if (!made) throw new AwsError('BranchNameExistsException', `Branch named ${name} already exists`)
      await announce(repository, call.caller.arn)
    })
    return {}
  },
}
