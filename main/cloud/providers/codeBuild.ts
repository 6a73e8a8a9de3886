import { z } from 'zod'
import { AwsError } from '../server/awsError.ts'
import type { PipelineBuildReport, PipelineBuildRequest, PipelineBuilds } from '../services/codebuild/pipelineBuilds.ts'
import { type Artifacts, accountOf, isDenial, isError, regionOf } from './artifacts.ts'
import { ActionFailure, type ActionJob, type Outcome, type Provider } from './provider.ts'
import { flag, required } from './settings.ts'

type Ended = Extract<PipelineBuildReport, { kind: 'ended' }>

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

    const build = await begin(() =>
      builds.start({ caller: as, account: accountOf(job), region: regionOf(job) }, request),
    )
    if (job.attempt.report.externalExecutionId !== build.buildId) {
      job.report({ externalExecutionId: build.buildId, externalExecutionUrl: build.consoleUrl })
    }
    return outcome(job, build.buildArn)
  }

  const outputsOf = (job: ActionJob) => job.action.outputArtifacts.map(name => artifacts.place(job, name))
  const outcome = async (job: ActionJob, buildArn: string): Promise<Outcome> => {
    const { status, summary, exportedVariables } = await end(buildArn, job.signal)
    if (status !== 'SUCCEEDED') throw new ActionFailure('JobFailed', summary)
    return { kind: 'succeeded', result: { artifacts: outputsOf(job), variables: exportedVariables } }
  }

  const end = (buildArn: string, signal: AbortSignal) =>
    new Promise<Ended>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const stopWatching = builds.watch(buildArn, report => {
        if (report.kind === 'ended') resolve(report)
      })
      // An abandoned build goes on; only the waiting ends.
      signal.addEventListener(
        'abort',
        () => {
          stopWatching()
          reject(signal.reason)
        },
        { once: true },
      )
    })

  return {
    start,
    /** The build that was begun goes on, whatever the role may do by now. */
    resume: job => outcome(job, arnOf(job)),
    async release(job) {
      if (job.attempt.report.externalExecutionId !== undefined) await builds.stop(arnOf(job))
    },
  }
}

const arnOf = (job: Pick<ActionJob, 'pipeline' | 'action' | 'attempt'>) =>
  `arn:aws:codebuild:${regionOf(job)}:${accountOf(job)}:build/${job.attempt.report.externalExecutionId}`

/** The revision that an artifact came from; of one that a build made, the first source's. */
function revisionOf({ plan, execution }: ActionJob, artifact: string | undefined): string | undefined {
  const source = plan.stages[0]?.actions.find(action => action.outputArtifacts.some(name => name === artifact))
  const revision = execution.revisions.find(({ actionName }) => actionName === source?.name)
  return (revision ?? execution.revisions[0])?.revisionId
}

async function begin<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown
    if (isError(thrown, 'ResourceNotFoundException')) {
      throw new ActionFailure('JobFailed', `Error calling startBuild: ${thrown.message}`, { cause: thrown })
    }
    // UNCONFIRMED which code AWS gives a denied StartBuild.
    const code = isDenial(thrown) ? 'PermissionError' : 'JobFailed'
    throw new ActionFailure(code, `Error calling startBuild: ${thrown.message}`, { cause: thrown })
  }
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
