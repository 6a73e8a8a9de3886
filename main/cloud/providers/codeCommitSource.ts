import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Commit, Repositories } from '../services/codecommit/repositories.ts'
import { type Artifacts, isError, permitted, regionOf } from './artifacts.ts'
import { ActionFailure, type ActionJob, type Provider } from './provider.ts'
import { required } from './settings.ts'

/** Source, CodeCommit: the tree of the branch's head, or of the pinned commit, as a ZIP. */
export function codeCommitSource({
  artifacts,
  repositories,
}: {
  artifacts: Artifacts
  repositories: Repositories
}): Provider {
  const find = async (job: ActionJob, repository: string, branch: string): Promise<Commit> => {
    const as = artifacts.identity(job)
    const override = job.execution.overrides.find(({ actionName }) => actionName === job.action.name)
    // After a crash the attempt goes on with the commit that it had reported, wherever the branch points now.
    const pinned = job.attempt.report.externalExecutionId ?? override?.revisionValue
    try {
      return await permitted(
        () =>
          `Could not access the CodeCommit repository ${repository}. Make sure that the pipeline IAM role has sufficient permissions to access the repository.`,
        () =>
          pinned === undefined
            ? repositories.branchHead(as, regionOf(job), repository, branch)
            : repositories.commit(as, regionOf(job), repository, pinned),
      )
    } catch (thrown) {
      if (isError(thrown, 'RepositoryDoesNotExistException')) {
        throw new ActionFailure('ConfigurationError', `No repository with the name ${repository} was found`)
      }
      if (isError(thrown, 'BranchDoesNotExistException')) {
        throw new ActionFailure('ConfigurationError', `No branch with the name ${branch} was found in ${repository}`)
      }
      if (isError(thrown, 'CommitDoesNotExistException', 'CommitIdDoesNotExistException')) {
        throw new ActionFailure('RevisionUnavailable', `The commit ${pinned} was not found in ${repository}`)
      }
      throw thrown
    }
  }

  return {
    async start(job) {
      const repository = required(job, 'RepositoryName')
      const branch = required(job, 'BranchName')
      const format = job.attempt.resolvedConfiguration.OutputArtifactFormat ?? 'CODE_ZIP'
      if (format !== 'CODE_ZIP') {
        throw new ActionFailure(
          'ConfigurationError',
          `The output artifact format ${format} is not supported by the local cloud. Use CODE_ZIP.`,
        )
      }
      const commit = await find(job, repository, branch)
      job.report({ externalExecutionId: commit.id, summary: commit.message.trim() })
      const as = artifacts.identity(job)
      const region = regionOf(job)
      const directory = await mkdtemp(join(tmpdir(), 'codepipeline-source-'))
      try {
        const file = join(directory, 'source.zip')
        await permitted(
          () =>
            `Could not access the CodeCommit repository ${repository}. Make sure that the pipeline IAM role has sufficient permissions to access the repository.`,
          () => repositories.archive(as, region, repository, commit.id, file),
        )
        const made = await Promise.all(
          job.action.outputArtifacts.map(name => artifacts.put(as, artifacts.place(job, name), { file })),
        )
        return {
          kind: 'succeeded',
          summary: commit.message.trim(),
          result: {
            artifacts: made,
            variables: {
              CommitId: commit.id,
              CommitMessage: commit.message.trim(),
              BranchName: branch,
              RepositoryName: repository,
              AuthorDate: instant(commit.author.at),
              CommitterDate: instant(commit.committer.at),
            },
            revision: {
              actionName: job.action.name,
              revisionId: commit.id,
              revisionSummary: commit.message.trim(),
              revisionUrl: `https://${region}.console.aws.amazon.com/codesuite/codecommit/repositories/${repository}/commit/${commit.id}?region=${region}`,
            },
          },
        }
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    },
  }
}

/** ISO 8601 in whole seconds, as git knows them. */
const instant = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
