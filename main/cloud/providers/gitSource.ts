import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller } from '../server/operation.ts'
import { writeCloneRef } from '../services/codecommit/cloneRef.ts'
import type { Commit, Repositories } from '../services/codecommit/repositories.ts'
import { type Artifacts, isError, permitted } from './artifacts.ts'
import { ActionFailure, type ActionJob, type Provider } from './provider.ts'

/** Where a source action's commits come from. */
export interface GitOrigin {
  /** As whom the repository is read. */
  as: Caller
  region: string
  repository: string
  branch: string
  /** The repository as its provider names it. */
  shown: string
  /** What the action says where it may not read it. */
  denied: string
  /** The output variables that are its provider's own. */
  variables: (commit: Commit) => Readonly<Record<string, string>>
  /** The connection that it is behind. */
  connectionArn?: string
  revisionUrl?: (commitId: string) => string
}

/** A source action on a git repository: the tree of the branch's head, or of the pinned commit, as a ZIP or to be cloned. */
export function gitSource(
  { artifacts, repositories }: { artifacts: Artifacts; repositories: Repositories },
  originOf: (job: ActionJob) => GitOrigin,
): Provider {
  const find = async (job: ActionJob, origin: GitOrigin): Promise<Commit> => {
    const { as, region, repository, branch, shown, denied } = origin
    const override = job.execution.overrides.find(({ actionName }) => actionName === job.action.name)
    // After a crash the attempt goes on with the commit that it had reported, wherever the branch points now.
    const pinned = job.attempt.report.externalExecutionId ?? override?.revisionValue
    try {
      return await permitted(
        () => denied,
        () =>
          pinned === undefined
            ? repositories.branchHead(as, region, repository, branch)
            : repositories.commit(as, region, repository, pinned),
      )
    } catch (thrown) {
      if (isError(thrown, 'RepositoryDoesNotExistException')) {
        throw new ActionFailure('ConfigurationError', `No repository with the name ${shown} was found`)
      }
      if (isError(thrown, 'BranchDoesNotExistException')) {
        throw new ActionFailure('ConfigurationError', `No branch with the name ${branch} was found in ${shown}`)
      }
      if (isError(thrown, 'CommitDoesNotExistException', 'CommitIdDoesNotExistException')) {
        throw new ActionFailure('RevisionUnavailable', `The commit ${pinned} was not found in ${shown}`)
      }
      throw thrown
    }
  }

  return {
    async start(job) {
      const format = job.attempt.resolvedConfiguration.OutputArtifactFormat ?? 'CODE_ZIP'
      if (format !== 'CODE_ZIP' && format !== 'CODEBUILD_CLONE_REF') {
        throw new ActionFailure(
          'ConfigurationError',
          `The output artifact format ${format} is none: it can be CODE_ZIP or CODEBUILD_CLONE_REF.`,
        )
      }
      const origin = originOf(job)
      const commit = await find(job, origin)
      const message = commit.message.trim()
      job.report({ externalExecutionId: commit.id, summary: message })
      const as = artifacts.identity(job)
      const directory = await mkdtemp(join(tmpdir(), 'codepipeline-source-'))
      try {
        const file = join(directory, 'source')
        if (format === 'CODEBUILD_CLONE_REF') await writeFile(file, cloneRefOf(origin, commit.id))
        else {
          await permitted(
            () => origin.denied,
            () => repositories.archive(origin.as, origin.region, origin.repository, commit.id, file),
          )
        }
        const made = await Promise.all(
          job.action.outputArtifacts.map(name => artifacts.put(as, artifacts.place(job, name), { file })),
        )
        const revisionUrl = origin.revisionUrl?.(commit.id)
        return {
          kind: 'succeeded',
          summary: message,
          result: {
            artifacts: made,
            variables: {
              CommitId: commit.id,
              CommitMessage: message,
              BranchName: origin.branch,
              AuthorDate: instant(commit.author.at),
              ...origin.variables(commit),
            },
            revision: {
              actionName: job.action.name,
              revisionId: commit.id,
              revisionSummary: message,
              ...(revisionUrl !== undefined && { revisionUrl }),
            },
          },
        }
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    },
  }
}

const cloneRefOf = ({ region, repository, shown, connectionArn }: GitOrigin, commitId: string) =>
  writeCloneRef({
    region,
    commitId,
    repository: connectionArn === undefined ? repository : shown,
    ...(connectionArn !== undefined && { connectionArn }),
  })

/** ISO 8601 in whole seconds, as git knows them. */
export const instant = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
