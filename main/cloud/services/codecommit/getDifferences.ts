import type { Difference, GetDifferencesInput, GetDifferencesOutput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { required } from './errors.ts'
import { findRepository, resources } from './finding.ts'
import { treePath } from './names.ts'
import { pageOf } from './pages.ts'

export const getDifferences: Operation<CodeCommit, GetDifferencesInput, GetDifferencesOutput> = {
  resources,
  async run({ store, reading }, input, call) {
    const repository = findRepository(store, input.repositoryName, call)
    const after = await reading.resolve(repository, required(input.afterCommitSpecifier, 'CommitRequiredException'))
    const { beforeCommitSpecifier, beforePath, afterPath, MaxResults = 100 } = input
    const before =
      beforeCommitSpecifier === undefined ? undefined : await reading.resolve(repository, beforeCommitSpecifier)
    if (MaxResults < 1) throw new AwsError('InvalidMaxResultsException', 'The specified number of results is not valid')
    const paths = [beforePath, afterPath].flatMap(path => (path === undefined ? [] : [treePath(path)])).filter(Boolean)
    const all = (await reading.differences(repository, before, after, paths)).map(
      ({ kind, from, to, path }): Difference => ({
        changeType: kind,
        ...(kind !== 'A' && { beforeBlob: { blobId: from.id, path, mode: from.mode } }),
        ...(kind !== 'D' && { afterBlob: { blobId: to.id, path, mode: to.mode } }),
      }),
    )
    const { page, nextToken } = pageOf(all, Math.min(MaxResults, 1000), input.NextToken)
    return { differences: page, ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}
