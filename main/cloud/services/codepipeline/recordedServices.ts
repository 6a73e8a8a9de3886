import type { OnBehalf } from '../../server/onBehalf.ts'
import type { Caller } from '../../server/operation.ts'
import type { PipelineBuilds } from '../codebuild/pipelineBuilds.ts'
import type { Repositories } from '../codecommit/repositories.ts'

const by = 'codepipeline.amazonaws.com'

/** CodeBuild as CodePipeline calls it: what it asks for is on record under the action's role. */
export function recordedBuilds(builds: PipelineBuilds, onBehalf: OnBehalf): PipelineBuilds {
  /** Who asked for the builds that still go on. What was begun before a restart is asked after by nobody known. */
  const callers = new Map<string, Parameters<PipelineBuilds['start']>[0]>()
  return {
    ...builds,
    async start(as, request) {
      const input = {
        projectName: request.project,
        idempotencyToken: request.idempotencyToken,
        ...(request.sourceVersion !== undefined && { sourceVersion: request.sourceVersion }),
        ...(request.environment.length > 0 && { environmentVariablesOverride: request.environment }),
      }
      const deed = { by, ...as, service: 'codebuild', operation: 'StartBuild', input }
      const started = await onBehalf(
        deed,
        () => builds.start(as, request),
        ({ buildId, buildArn }) => ({
          build: { id: buildId, arn: buildArn, projectName: request.project, initiator: request.initiator },
        }),
      )
      callers.set(started.buildArn, as)
      return started
    },
    watch(buildArn, listener) {
      return builds.watch(buildArn, report => {
        const as = callers.get(buildArn)
        if (report.kind === 'ended' && as) {
          callers.delete(buildArn)
          const input = { ids: [buildArn.slice(buildArn.indexOf('/') + 1)] }
          // AWS asks again and again; the last time is the one that counts. It never fails, and nobody waits for it.
          void onBehalf({ by, ...as, service: 'codebuild', operation: 'BatchGetBuilds', input }, () => {})
        }
        listener(report)
      })
    },
  }
}

/** CodeCommit as CodePipeline calls it. A ZIP is made by an archive that is asked for and then asked after. */
export function recordedRepositories(repositories: Repositories, onCall: OnBehalf): Repositories {
  // What is behind a connection is no repository of CodeCommit's as far as anybody can tell.
  const onBehalf: OnBehalf = async (deed, work, outputOf) =>
    deed.caller.kind === 'service' ? await work() : onCall(deed, work, outputOf)
  const deed = (as: Caller, region: string, operation: string, input: object) => ({
    by,
    caller: as,
    account: as.account,
    region,
    service: 'codecommit',
    operation,
    input,
  })
  return {
    branchHead: (as, region, repositoryName, branchName) =>
      onBehalf(deed(as, region, 'GetBranch', { repositoryName, branchName }), () =>
        repositories.branchHead(as, region, repositoryName, branchName),
      ),
    commit: (as, region, repositoryName, commitId) =>
      onBehalf(deed(as, region, 'GetCommit', { repositoryName, commitId }), () =>
        repositories.commit(as, region, repositoryName, commitId),
      ),
    // CodeBuild clones by itself, and under its own role.
    clone: (...asked) => repositories.clone(...asked),
    changedFiles: (as, region, repositoryName, change) =>
      onBehalf(
        deed(as, region, 'GetDifferences', {
          repositoryName,
          beforeCommitSpecifier: change.from,
          afterCommitSpecifier: change.to,
        }),
        () => repositories.changedFiles(as, region, repositoryName, change),
      ),
    archive: (as, region, repositoryName, commitId, file) =>
      onBehalf(deed(as, region, 'UploadArchive', { repositoryName, commitId }), () =>
        repositories.archive(as, region, repositoryName, commitId, file),
      ),
  }
}
