import { AwsError } from '../server/awsError.ts'
import type { PipelineBuildReport, PipelineBuilds, StartedBuild } from '../services/codebuild/pipelineBuilds.ts'
import { accountOf, isDenial, isError, regionOf } from './artifacts.ts'
import { ActionFailure, type ActionJob } from './provider.ts'

/** What the providers that build have in common. */

type Ended = Extract<PipelineBuildReport, { kind: 'ended' }>

/** Begins a build and reports its id, or fails the action with CodeBuild's reason. */
export async function beginBuild<T extends StartedBuild>(job: ActionJob, work: () => Promise<T>): Promise<T> {
  const build = await permittedToStart(work)
  if (job.attempt.report.externalExecutionId !== build.buildId) {
    job.report({ externalExecutionId: build.buildId, externalExecutionUrl: build.consoleUrl })
  }
  return build
}

async function permittedToStart<T>(work: () => Promise<T>): Promise<T> {
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

/** Waits for a build; the variables that it exports, or an `ActionFailure` where it did not succeed. */
export async function buildEnd(
  builds: PipelineBuilds,
  buildArn: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const { status, summary, exportedVariables } = await new Promise<Ended>((resolve, reject) => {
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
  if (status !== 'SUCCEEDED') throw new ActionFailure('JobFailed', summary)
  return exportedVariables
}

/** The build that an attempt has reported. */
export const buildArnOf = (job: Pick<ActionJob, 'pipeline' | 'action' | 'attempt'>) =>
  `arn:aws:codebuild:${regionOf(job)}:${accountOf(job)}:build/${job.attempt.report.externalExecutionId}`
