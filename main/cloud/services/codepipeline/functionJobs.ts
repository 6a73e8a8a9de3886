import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import type { Millis } from '../../../base/clock.ts'
import { type Artifacts, accountOf, regionOf } from '../../providers/artifacts.ts'
import type { FunctionJobs, Invoking } from '../../providers/lambdaInvoke.ts'
import { ActionFailure } from '../../providers/provider.ts'
import type { Caller } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Functions } from '../lambda/inProcess.ts'
import { parseFunctionName } from '../lambda/names.ts'
import type { Definitions } from './definitions.ts'
import { type Access, jobData } from './jobData.ts'
import type { WorkerJob, WorkerJobs } from './workerJobs.ts'

/** No custom type can have this provider's name, so that no worker is ever handed a function's job. */
const jobType = { category: 'Invoke', provider: 'AWS/Lambda', version: '1' }

/** UNCONFIRMED: how long after a continuation token the function is told of the job that goes on. */
const beforeGoingOn: Millis = 1_000

export interface FunctionJobsOptions {
  database: CloudDatabase
  jobs: WorkerJobs
  definitions: Pick<Definitions, 'version'>
  artifacts: Artifacts
  access: Access
  functions: Functions
}

/** Tells functions of their jobs. A job and the event that tells of it are durable together. */
export function createFunctionJobs(options: FunctionJobsOptions): FunctionJobs & {
  /** Tells the function again, of the job that goes on from one it answered with a continuation token. */
  goOn(work: Invoking, job: WorkerJob): void
} {
  const { database, jobs, artifacts, functions } = options

  const tell = (as: Caller, work: Invoking, job: WorkerJob, functionName: string, delay: Millis) => {
    const { account, region } = job
    const name = parseFunctionName(functionName, { account, region })
    if (!name) throw new ActionFailure('ConfigurationError', `${functionName} is no name of a function.`)
    const declaration = declarationOf(work)
    const contents = jobData({ ...work, job }, declaration, artifacts, options.access)
    functions.tellAs(as, name, JSON.stringify({ 'CodePipeline.job': contents }), delay)
    // A function acknowledges nothing: it may answer from now on.
    jobs.mark(job, 'InProgress')
  }
  const declarationOf = ({ pipeline, execution }: Invoking): PipelineDeclaration | undefined =>
    options.definitions.version(pipeline, execution.version)?.declaration

  return {
    begin(as, work, functionName) {
      const { pipeline, attempt } = work
      // UNCONFIRMED for functions of another account: the job is its function's account's, whose role answers it.
      const place = { account: accountOf(work), region: regionOf(work) }
      database.transaction(() => {
        const job = jobs.open({ pipeline: pipeline.id, actionExecutionId: attempt.id, ...place }, jobType)
        if (job.status === 'Queued') tell(as, work, job, functionName, 0)
      })
    },
    goOn(work, job) {
      const functionName = work.attempt.resolvedConfiguration['FunctionName'] ?? ''
      tell(artifacts.identity(work), work, job, functionName, beforeGoingOn)
    },
    timeOut: ({ pipeline, attempt }) => jobs.timeOut(pipeline.id, attempt.id),
  }
}
