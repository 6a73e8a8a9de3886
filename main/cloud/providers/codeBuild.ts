import { z } from 'zod'
import type { PipelineBuildRequest, PipelineBuilds } from '../services/codebuild/pipelineBuilds.ts'
import { type Artifacts, accountOf, regionOf } from './artifacts.ts'
import { beginBuild, buildArnOf, buildEnd } from './builds.ts'
import { ActionFailure, type ActionJob, type Outcome, type Provider } from './provider.ts'
import { flag, required } from './settings.ts'

const environment = z.array(
  z.object({
    name: z.string().min(1),
    value: z.string(),
    type: z.enum(['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER']).default('PLAINTEXT'),
  }),
)

/** Build and Test, CodeBuild: a build whose source and artifacts are the pipeline's. */
export function codeBuild({ artifacts, builds }: { artifacts: Artifacts; builds: PipelineBuilds }): Provider {
  const start = async (job: ActionJob): Promise<Outcome> => {
    const project = required(job, 'ProjectName')
    if (flag(job, 'BatchEnabled')) {
      throw new ActionFailure('ConfigurationError', 'Batch builds are not supported by the local cloud.')
    }
    const as = artifacts.identity(job)
    const request: PipelineBuildRequest = {
      project,
      initiator: `codepipeline/${job.pipeline.name}`,
      inputs: await artifacts.inputs(job),
      outputs: outputsOf(job),
      environment: environmentOf(job),
      idempotencyToken: job.attempt.id,
    }
    const primarySource = job.attempt.resolvedConfiguration.PrimarySource
    if (primarySource !== undefined) request.primarySource = primarySource
    const sourceVersion = revisionOf(job, primarySource ?? job.action.inputArtifacts[0])
    if (sourceVersion !== undefined) request.sourceVersion = sourceVersion

    const build = await beginBuild(job, () =>
      builds.start({ caller: as, account: accountOf(job), region: regionOf(job) }, request),
    )
    return outcome(job, build.buildArn)
  }

  const outputsOf = (job: ActionJob) => job.action.outputArtifacts.map(name => artifacts.place(job, name))
  const outcome = async (job: ActionJob, buildArn: string): Promise<Outcome> => {
    const exportedVariables = await buildEnd(builds, buildArn, job.signal)
    return { kind: 'succeeded', result: { artifacts: outputsOf(job), variables: exportedVariables } }
  }

  return {
    start,
    /** The build that was begun goes on, whatever the role may do by now. */
    resume: job => outcome(job, buildArnOf(job)),
    async release(job) {
      if (job.attempt.report.externalExecutionId !== undefined) await builds.stop(buildArnOf(job))
    },
  }
}

/** The revision that an artifact came from; of one that a build made, the first source's. */
export function revisionOf({ plan, execution }: ActionJob, artifact: string | undefined): string | undefined {
  const source = plan.stages[0]?.actions.find(action => action.outputArtifacts.some(name => name === artifact))
  const revision = execution.revisions.find(({ actionName }) => actionName === source?.name)
  return (revision ?? execution.revisions[0])?.revisionId
}

function environmentOf(job: ActionJob): PipelineBuildRequest['environment'] {
  const text = job.attempt.resolvedConfiguration.EnvironmentVariables
  if (text === undefined) return []
  try {
    return environment.parse(JSON.parse(text))
  } catch (thrown) {
    throw new ActionFailure(
      'ConfigurationError',
      'EnvironmentVariables must be a JSON array of objects with name, value and type.',
      { cause: thrown },
    )
  }
}
