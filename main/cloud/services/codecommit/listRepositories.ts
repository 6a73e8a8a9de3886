import type { ListRepositoriesInput, ListRepositoriesOutput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { pageOf } from './pages.ts'

export const listRepositories: Operation<CodeCommit, ListRepositoriesInput, ListRepositoriesOutput> = {
  run({ store }, { sortBy = 'repositoryName', order = 'ascending', nextToken }, { account, region }) {
    if (sortBy !== 'repositoryName' && sortBy !== 'lastModifiedDate') {
      throw new AwsError('InvalidSortByException', `The sort by value ${String(sortBy)} is not valid`)
    }
    if (order !== 'ascending' && order !== 'descending') {
      throw new AwsError('InvalidOrderException', `The order value ${String(order)} is not valid`)
    }
    const found = store.ofAccount(account, region)
    if (sortBy === 'lastModifiedDate') found.sort((a, b) => a.modifiedAt - b.modifiedAt)
    if (order === 'descending') found.reverse()
    const { page, nextToken: next } = pageOf(found, 1000, nextToken)
    return {
      repositories: page.map(({ id, name }) => ({ repositoryId: id, repositoryName: name })),
      ...(next !== undefined && { nextToken: next }),
    }
  },
}
