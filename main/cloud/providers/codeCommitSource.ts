import type { Repositories } from '../services/codecommit/repositories.ts'
import { type Artifacts, regionOf } from './artifacts.ts'
import { gitSource, instant } from './gitSource.ts'
import type { Provider } from './provider.ts'
import { required } from './settings.ts'

/** Source, CodeCommit. */
export function codeCommitSource(lends: { artifacts: Artifacts; repositories: Repositories }): Provider {
  return gitSource(lends, job => {
    const repository = required(job, 'RepositoryName')
    const branch = required(job, 'BranchName')
    const region = regionOf(job)
    return {
      as: lends.artifacts.identity(job),
      region,
      repository,
      branch,
      shown: repository,
      denied: `Could not access the CodeCommit repository ${repository}. Make sure that the pipeline IAM role has sufficient permissions to access the repository.`,
      variables: ({ committer }) => ({ RepositoryName: repository, CommitterDate: instant(committer.at) }),
      revisionUrl: commitId =>
        `https://${region}.console.aws.amazon.com/codesuite/codecommit/repositories/${repository}/commit/${commitId}?region=${region}`,
    }
  })
}
