import type { ListBranchesInput, ListBranchesOutput } from '@aws-sdk/client-codecommit'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { findRepository, resources } from './finding.ts'
import { pageOf } from './pages.ts'

const prefix = 'refs/heads/'

export const listBranches: Operation<CodeCommit, ListBranchesInput, ListBranchesOutput> = {
  resources,
  async run({ store, bare }, input, call) {
    const refs = await bare.refs(findRepository(store, input.repositoryName, call))
    const names = [...refs.keys()].flatMap(ref => (ref.startsWith(prefix) ? [ref.slice(prefix.length)] : []))
    const { page, nextToken } = pageOf(names, 1000, input.nextToken)
    return { branches: page, ...(nextToken !== undefined && { nextToken }) }
  },
}
