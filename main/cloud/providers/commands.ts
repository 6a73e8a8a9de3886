import type { CommandsRequest, PipelineBuilds } from '../services/codebuild/pipelineBuilds.ts'
import { type Artifacts, accountOf, regionOf } from './artifacts.ts'
import { beginBuild, buildArnOf, buildEnd } from './builds.ts'
import { revisionOf } from './codeBuild.ts'
import { ActionFailure, type ActionJob, type Outcome, type Provider } from './provider.ts'

/** Compute, Commands: shell commands under the pipeline's own role, in a build that has no project. */
export function commands({ artifacts, builds }: { artifacts: Artifacts; builds: PipelineBuilds }): Provider {
  const outputsOf = (job: ActionJob) => job.action.outputArtifacts.map(name => artifacts.place(job, name))
  const outcome = async (job: ActionJob, buildArn: string): Promise<Outcome> => {
    const variables = await buildEnd(builds, buildArn, job.signal)
    return { kind: 'succeeded', result: { artifacts: outputsOf(job), variables } }
  }
  return {
    async start(job) {
      const { plan, action, attempt, pipeline } = job
      const inputs = await artifacts.inputs(job)
      const request: CommandsRequest = {
        pipelineRole: plan.roleArn,
        initiator: `codepipeline/${pipeline.name}`,
        inputs,
        outputs: outputsOf(job).map(artifact => ({ ...artifact, files: filesOf(job, artifact.name) })),
        environment: (attempt.resolvedEnvironmentVariables ?? []).map(variable => ({ type: 'PLAINTEXT', ...variable })),
        commands: attempt.resolvedCommands ?? action.commands ?? [],
        exportedVariables: action.outputVariables ?? [],
        computeType: computeTypeOf(job),
        logGroup: `/aws/codepipeline/${pipeline.name}`,
        idempotencyToken: attempt.id,
      }
      if (action.roleArn !== undefined) request.actionRole = action.roleArn
      const sourceVersion = revisionOf(job, action.inputArtifacts[0])
      if (sourceVersion !== undefined) request.sourceVersion = sourceVersion
      const caller = artifacts.identity(job)
      const build = await beginBuild(job, () =>
        builds.startCommands({ caller, account: accountOf(job), region: regionOf(job) }, request),
      )
      job.report({ logStreamArn: build.logStreamArn })
      return outcome(job, build.buildArn)
    },
    /** What was begun goes on, whatever the role may do by now. */
    resume: job => outcome(job, buildArnOf(job)),
    async release(job) {
      if (job.attempt.report.externalExecutionId !== undefined) await builds.stop(buildArnOf(job))
    },
  }
}

/** Which files make an artifact; all, where none are named. */
const filesOf = ({ action }: ActionJob, name: string): readonly string[] => {
  const files = action.outputFiles
  return (files && Object.hasOwn(files, name) ? files[name] : undefined) ?? ['**/*']
}

function computeTypeOf({ attempt }: ActionJob): string {
  const { EnvironmentType: environment = 'LINUX_CONTAINER', ComputeType: size = 'small' } =
    attempt.resolvedConfiguration
  if (environment !== 'LINUX_CONTAINER') {
    throw new ActionFailure('ConfigurationError', `The environment ${environment} is not offered by the local cloud.`)
  }
  const wanted = size.toUpperCase().replace(/^BUILD_GENERAL1_/, '')
  if (!['SMALL', 'MEDIUM', 'LARGE'].includes(wanted)) {
    throw new ActionFailure('ConfigurationError', `${size} is no ComputeType: it can be small, medium or large.`)
  }
  return `BUILD_GENERAL1_${wanted}`
}
