import type { DeleteRepositoryInput, DeleteRepositoryOutput } from '@aws-sdk/client-codecommit'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { resources } from './finding.ts'
import { repositoryName } from './names.ts'

/** Succeeds, without an id, where there is none. */
export const deleteRepository: Operation<CodeCommit, DeleteRepositoryInput, DeleteRepositoryOutput> = {
  resources,
  async run({ store, bare, inTurn }, input, { account, region }) {
    const repository = store.find(account, region, repositoryName(input.repositoryName))
    if (!repository) return {}
    return inTurn(repository.id, async () => {
      store.remove(repository.id)
      await bare.remove(repository)
      return { repositoryId: repository.id }
    })
  },
}
