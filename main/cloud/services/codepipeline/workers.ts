import type { PutJobFailureResultInput, PutJobSuccessResultInput } from '@aws-sdk/client-codepipeline'
import { type FoundAction, findAction, findRule } from '../../execution/lookup.ts'
import type { ActionReport, ActionResult, ErrorDetails, PipelineEvent } from '../../execution/model.ts'
import type { Runner } from '../../execution/runner.ts'
import type { Artifacts } from '../../providers/artifacts.ts'
import type { JobQueue } from '../../providers/custom.ts'
import { type Invoking, lambdaInvokeType } from '../../providers/lambdaInvoke.ts'
import { ActionFailure, type PipelineRef } from '../../providers/provider.ts'
import { actionOf } from '../../providers/rules/ruleByAction.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { type CustomType, type CustomTypes, queryableOf } from './customTypes.ts'
import type { Definitions } from './definitions.ts'
import { type Access, type JobContents, jobData } from './jobData.ts'
import { executionUrl } from './links.ts'
import { present } from './present.ts'
import type { WorkerJob, WorkerJobStatus, WorkerJobs } from './workerJobs.ts'

export interface WorkersOptions {
  database: CloudDatabase
  jobs: WorkerJobs
  customTypes: CustomTypes
  definitions: Definitions
  runner: Runner
  artifacts: Artifacts
  access: Access
  /** Tells a function of the job that goes on. */
  goOn: (work: Invoking, job: WorkerJob) => void
}

type Place = Pick<Call, 'account' | 'region'>
export type Finished = Pick<
  PutJobSuccessResultInput,
  'currentRevision' | 'continuationToken' | 'executionDetails' | 'outputVariables'
>

/** What job workers do with the jobs of custom actions, and functions with theirs. Refusals are AWS's. */
export interface Workers {
  /** Hands out up to `most` jobs of a type, those whose queryable property has the value that is asked for. */
  poll(at: Place, type: CustomType, most: number, query: string | undefined): (JobContents & { nonce: string })[]
  acknowledge(at: Place, id: string, nonce: string): WorkerJobStatus
  details(at: Place, id: string): JobContents
  succeed(at: Place, id: string, result: Finished): void
  fail(at: Place, id: string, details: NonNullable<PutJobFailureResultInput['failureDetails']>): void
}

/** A job with what waits for it: an action, or a rule, which is seen as an action here. */
interface Live extends FoundAction {
  job: WorkerJob
  pipeline: PipelineRef
  waits: 'action' | 'rule'
}

/** How the work of a job ended. */
type End = { kind: 'succeeded'; result: ActionResult } | { kind: 'failed'; error: ErrorDetails }

/** The queue as the provider of custom actions fills it. */
export function jobQueue(jobs: WorkerJobs, types: CustomTypes): JobQueue {
  return {
    offer({ pipeline, action, attempt }) {
      const { id, account, region } = pipeline
      const type = types.find(account, region, action.type)
      if (!type || type.deleted) {
        // UNCONFIRMED: code and sentence.
        const { category, provider, version } = action.type
        const message = `The custom action type ${category}/${provider}/${version} does not exist or was deleted.`
        throw new ActionFailure('ConfigurationError', message)
      }
      jobs.open({ pipeline: id, actionExecutionId: attempt.id, account, region }, action.type)
    },
    timeOut: ({ pipeline, attempt }) => jobs.timeOut(pipeline.id, attempt.id),
  }
}

export function createWorkers({ database, jobs, customTypes, definitions, runner, ...rest }: WorkersOptions): Workers {
  const { artifacts, access } = rest

  const live = (job: WorkerJob): Live | undefined => {
    const pipeline = definitions.byId(job.pipeline)
    if (!pipeline) return undefined
    const state = runner.state(pipeline)
    const found = findAction(state, job.actionExecutionId)
    if (found) return found.attempt.status === 'InProgress' ? { job, pipeline, waits: 'action', ...found } : undefined
    const asked = findRule(state, job.actionExecutionId)
    if (asked?.run.status !== 'InProgress') return undefined
    return { job, waits: 'rule', ...actionOf({ pipeline, ...asked }, lambdaInvokeType) }
  }
  const named = ({ account, region }: Place, id: string): WorkerJob => {
    const job = jobs.find(account, region, id)
    if (job) return job
    throw new AwsError('JobNotFoundException', `The job ${id} cannot be found`)
  }
  const contents = (found: Live): JobContents => {
    const { pipeline, execution } = found
    const declaration = definitions.version(pipeline, execution.version)?.declaration
    return jobData(found, declaration, artifacts, access)
  }
  /** The action of a job that its worker has acknowledged. */
  const working = (at: Place, id: string): Live => {
    const job = named(at, id)
    const found = job.status === 'InProgress' ? live(job) : undefined
    if (found) return found
    const status = job.status === 'InProgress' ? 'Failed' : job.status
    throw new AwsError('InvalidJobStateException', `The job ${id} is not in progress: it is ${status}`)
  }
  /** Reports and results of one call: all of it is durable, or nothing. */
  const happened = (found: Live, report: ActionReport, end: End | undefined, alongside: () => void) =>
    database.transaction(() => {
      alongside()
      for (const event of eventsOf(found, report, end)) runner.dispatch(found.pipeline, event)
    })
  const external = (found: Live, externalExecutionId: string | undefined): ActionReport =>
    present<ActionReport>({
      externalExecutionId,
      externalExecutionUrl: executionUrl(customTypes, found.pipeline, found.action, found.attempt, externalExecutionId),
    })

  return {
    poll(at, type, most, query) {
      const { id } = type.actionType
      const queryable = queryableOf(type)
      const handed: (JobContents & { nonce: string })[] = []
      for (const job of jobs.offered(at.account, at.region, id)) {
        if (handed.length >= most) break
        const found = live(job)
        if (!found) {
          jobs.mark(job, 'Failed')
          continue
        }
        if (queryable !== undefined && found.attempt.resolvedConfiguration[queryable] !== query) continue
        try {
          const { nonce } = jobs.dispatch(job)
          handed.push({ ...contents(found), nonce })
        } catch (thrown) {
          if (!(thrown instanceof ActionFailure)) throw thrown
          const error = { code: thrown.code, message: thrown.message }
          happened(found, {}, { kind: 'failed', error }, () => jobs.mark(job, 'Failed'))
        }
      }
      return handed
    },
    acknowledge(at, id, nonce) {
      const job = named(at, id)
      if (job.nonce !== nonce) {
        throw new AwsError('InvalidNonceException', `The nonce of the job ${id} is not ${nonce}: another worker has it`)
      }
      // UNCONFIRMED: the same worker may say it again, since it may not have heard the answer.
      if (job.status !== 'Dispatched') return job.status
      const status = live(job) ? 'InProgress' : 'Failed'
      jobs.mark(job, status)
      return status
    },
    details(at, id) {
      const found = live(named(at, id))
      // UNCONFIRMED: what is answered for a job whose action has ended.
      if (!found) throw new AwsError('JobNotFoundException', `The job ${id} cannot be found`)
      return contents(found)
    },
    succeed(at, id, { continuationToken, currentRevision, executionDetails = {}, outputVariables = {} }) {
      const found = working(at, id)
      const { summary, percentComplete, externalExecutionId } = executionDetails
      const report = present<ActionReport>({
        ...external(found, externalExecutionId),
        summary,
        percentComplete,
      })
      if (continuationToken !== undefined) {
        return happened(found, report, undefined, () => {
          const next = jobs.continue(found.job, continuationToken)
          if (found.action.type.owner === 'AWS') rest.goOn(found, next)
        })
      }
      const { action } = found
      const result: ActionResult = {
        artifacts: action.outputArtifacts.map(name => artifacts.place(found, name)),
        variables: outputVariables,
      }
      if (action.type.category === 'Source' && currentRevision?.revision !== undefined) {
        result.revision = { actionName: action.name, revisionId: currentRevision.revision }
        const { revisionSummary } = currentRevision
        if (revisionSummary !== undefined) result.revision.revisionSummary = revisionSummary
      }
      happened(found, report, { kind: 'succeeded', result }, () => jobs.mark(found.job, 'Succeeded'))
    },
    fail(at, id, { type, message, externalExecutionId }) {
      const found = working(at, id)
      const error = { code: type ?? 'JobFailed', message: message ?? '' }
      happened(found, external(found, externalExecutionId), { kind: 'failed', error }, () =>
        jobs.mark(found.job, 'Failed'),
      )
    },
  }
}

/** What the machine is told: first how the work went on, then how it ended. */
function eventsOf({ waits, attempt: { id } }: Live, report: ActionReport, end: End | undefined): PipelineEvent[] {
  if (waits === 'rule') {
    const told: PipelineEvent = { kind: 'ruleReported', ruleExecutionId: id, report }
    if (!end) return [told]
    const ended = { kind: 'ruleEnded', ruleExecutionId: id } as const
    return [told, end.kind === 'failed' ? { ...ended, passed: false, error: end.error } : { ...ended, passed: true }]
  }
  const told: PipelineEvent = { kind: 'actionReported', actionExecutionId: id, report }
  if (!end) return [told]
  if (end.kind === 'failed') return [told, { kind: 'actionFailed', actionExecutionId: id, error: end.error }]
  return [told, { kind: 'actionSucceeded', actionExecutionId: id, result: end.result }]
}
