import type { Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import { createRunner } from '../../execution/runner.ts'
import { migrations } from '../../execution/schema.ts'
import { createArtifacts } from '../../providers/artifacts.ts'
import { createProviders } from '../../providers/registry.ts'
import type { AlarmStateOf } from '../../providers/rules/cloudWatchAlarm.ts'
import { createRuleProviders } from '../../providers/rules/registry.ts'
import type { Mount } from '../../server/http.ts'
import type { Authorize, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { PipelineBuilds } from '../codebuild/pipelineBuilds.ts'
import type { Repositories } from '../codecommit/repositories.ts'
import type { LeadsTo } from '../connections/leadsTo.ts'
import type { Identities } from '../iam/identities.ts'
import type { Functions } from '../lambda/inProcess.ts'
import type { Objects } from '../s3/objects.ts'
import type { Topics } from '../sns/inProcess.ts'
import { acknowledgeJob } from './acknowledgeJob.ts'
import { acknowledgeThirdPartyJob } from './acknowledgeThirdPartyJob.ts'
import { describeChange } from './announcements.ts'
import { createChangeDetection } from './changeDetection.ts'
import { conditionKeys } from './conditionKeys.ts'
import { createCustomActionType } from './createCustomActionType.ts'
import { createPipeline } from './createPipeline.ts'
import { createCustomTypes } from './customTypes.ts'
import { createDefinitions } from './definitions.ts'
import { deleteCustomActionType } from './deleteCustomActionType.ts'
import { deletePipeline } from './deletePipeline.ts'
import { deleteWebhook } from './deleteWebhook.ts'
import { deregisterWebhookWithThirdParty } from './deregisterWebhookWithThirdParty.ts'
import { disableStageTransition } from './disableStageTransition.ts'
import { enableStageTransition } from './enableStageTransition.ts'
import { createEngine } from './engine.ts'
import { createFunctionJobs } from './functionJobs.ts'
import { getActionType } from './getActionType.ts'
import { getJobDetails } from './getJobDetails.ts'
import { getPipeline } from './getPipeline.ts'
import { getPipelineExecution } from './getPipelineExecution.ts'
import { getPipelineState } from './getPipelineState.ts'
import { getThirdPartyJobDetails } from './getThirdPartyJobDetails.ts'
import type { Access } from './jobData.ts'
import type { CodePipeline } from './lends.ts'
import { listActionExecutions } from './listActionExecutions.ts'
import { listActionTypes } from './listActionTypes.ts'
import { listDeployActionExecutionTargets } from './listDeployActionExecutionTargets.ts'
import { listPipelineExecutions } from './listPipelineExecutions.ts'
import { listPipelines } from './listPipelines.ts'
import { listRuleExecutions } from './listRuleExecutions.ts'
import { listRuleTypes } from './listRuleTypes.ts'
import { listTagsForResource } from './listTagsForResource.ts'
import { listWebhooks } from './listWebhooks.ts'
import { overrideStageCondition } from './overrideStageCondition.ts'
import { createPageTokens } from './pageTokens.ts'
import { pollForJobs } from './pollForJobs.ts'
import { pollForThirdPartyJobs } from './pollForThirdPartyJobs.ts'
import { putActionRevision } from './putActionRevision.ts'
import { putApprovalResult } from './putApprovalResult.ts'
import { putJobFailureResult } from './putJobFailureResult.ts'
import { putJobSuccessResult } from './putJobSuccessResult.ts'
import { putThirdPartyJobFailureResult } from './putThirdPartyJobFailureResult.ts'
import { putThirdPartyJobSuccessResult } from './putThirdPartyJobSuccessResult.ts'
import { putWebhook } from './putWebhook.ts'
import { registerWebhookWithThirdParty } from './registerWebhookWithThirdParty.ts'
import { retryStageExecution } from './retryStageExecution.ts'
import { rollbackStage } from './rollbackStage.ts'
import { secretKeysIn } from './secrets.ts'
import { createSeenRevisions } from './seenRevisions.ts'
import { startPipelineExecution } from './startPipelineExecution.ts'
import { createStartTokens } from './startTokens.ts'
import { stopPipelineExecution } from './stopPipelineExecution.ts'
import { tagResource } from './tagResource.ts'
import { untagResource } from './untagResource.ts'
import { updateActionType } from './updateActionType.ts'
import { updatePipeline } from './updatePipeline.ts'
import { createWebhookDelivery } from './webhookDelivery.ts'
import { createWebhooks } from './webhookStore.ts'
import { createWorkerJobs } from './workerJobs.ts'
import { createWorkers, jobQueue } from './workers.ts'

/** All 44 operations. */
export const operations = {
  AcknowledgeJob: acknowledgeJob,
  AcknowledgeThirdPartyJob: acknowledgeThirdPartyJob,
  CreateCustomActionType: createCustomActionType,
  CreatePipeline: createPipeline,
  DeleteCustomActionType: deleteCustomActionType,
  DeletePipeline: deletePipeline,
  DeleteWebhook: deleteWebhook,
  DeregisterWebhookWithThirdParty: deregisterWebhookWithThirdParty,
  DisableStageTransition: disableStageTransition,
  EnableStageTransition: enableStageTransition,
  GetActionType: getActionType,
  GetJobDetails: getJobDetails,
  GetPipeline: getPipeline,
  GetPipelineExecution: getPipelineExecution,
  GetPipelineState: getPipelineState,
  GetThirdPartyJobDetails: getThirdPartyJobDetails,
  ListActionExecutions: listActionExecutions,
  ListActionTypes: listActionTypes,
  ListDeployActionExecutionTargets: listDeployActionExecutionTargets,
  ListPipelineExecutions: listPipelineExecutions,
  ListPipelines: listPipelines,
  ListRuleExecutions: listRuleExecutions,
  ListRuleTypes: listRuleTypes,
  ListTagsForResource: listTagsForResource,
  ListWebhooks: listWebhooks,
  OverrideStageCondition: overrideStageCondition,
  PollForJobs: pollForJobs,
  PollForThirdPartyJobs: pollForThirdPartyJobs,
  PutActionRevision: putActionRevision,
  PutApprovalResult: putApprovalResult,
  PutJobFailureResult: putJobFailureResult,
  PutJobSuccessResult: putJobSuccessResult,
  PutThirdPartyJobFailureResult: putThirdPartyJobFailureResult,
  PutThirdPartyJobSuccessResult: putThirdPartyJobSuccessResult,
  PutWebhook: putWebhook,
  RegisterWebhookWithThirdParty: registerWebhookWithThirdParty,
  RetryStageExecution: retryStageExecution,
  RollbackStage: rollbackStage,
  StartPipelineExecution: startPipelineExecution,
  StopPipelineExecution: stopPipelineExecution,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateActionType: updateActionType,
  UpdatePipeline: updatePipeline,
}

export interface CodePipelineOptions {
  database: CloudDatabase
  clock: Clock
  bus: EventBus
  identities: Identities
  authorize: Authorize
  objects: Objects
  repositories: Repositories
  builds: PipelineBuilds
  functions: Functions
  /** Where connections lead to. */
  connections: LeadsTo
  /** Where approvals are told of. */
  topics: Topics
  /** The states of CloudWatch's alarms, for rules. */
  alarmState: AlarmStateOf
  /** Temporary credentials, for job workers. */
  access: Access
  /** Where this cloud listens, for the URLs of webhooks. */
  endpoint: () => string
  /** Told of what went wrong with nobody there to be answered. */
  onError: (error: unknown, what: string) => void
}

/** CodePipeline: its operations, and the engine that runs pipelines between `start` and `stop`. */
export function createCodePipeline(options: CodePipelineOptions): {
  service: Service<CodePipeline>
  /** Where webhooks are called at. */
  webhooks: Mount
  /** Takes up what a former process left, and follows sources from now on. */
  start(): void
  stop(): Promise<void>
} {
  const { database, clock, bus, identities, authorize, objects, onError } = options
  database.migrate('codepipeline', migrations)
  const definitions = createDefinitions(database)
  const customTypes = createCustomTypes(database)
  const jobs = createWorkerJobs(database, clock)
  const webhooks = createWebhooks(database)
  const seen = createSeenRevisions(database)
  const artifacts = createArtifacts({
    identities,
    objects,
    store(pipeline, version, region) {
      const declaration = definitions.version(pipeline, version)?.declaration
      if (declaration?.artifactStores) return declaration.artifactStores[region]?.location
      return region === pipeline.region ? declaration?.artifactStore?.location : undefined
    },
  })
  const functionJobs = createFunctionJobs({ ...options, jobs, definitions, artifacts })
  const runner = createRunner({
    database,
    clock,
    providers: createProviders({ ...options, artifacts, jobs: jobQueue(jobs, customTypes), functionJobs }),
    rules: createRuleProviders({ ...options, artifacts, functionJobs }),
    find: definitions.byId,
    describe: describeChange,
    publish: event => bus.publish(event),
    onError,
  })
  const engine = createEngine({
    database,
    clock,
    definitions,
    runner,
    secretsOf: pipeline => secretKeysIn(customTypes, pipeline),
  })
  const changes = createChangeDetection({
    ...options,
    definitions,
    engine,
    runner,
    seen,
  })
  let following: { stop(): Promise<void> } | undefined
  return {
    service: {
      name: 'codepipeline',
      conditionKeys,
      lends: {
        clock,
        definitions,
        engine,
        runner,
        pageTokens: createPageTokens(database),
        startTokens: createStartTokens(database),
        seen,
        customTypes,
        workers: createWorkers({
          ...options,
          jobs,
          customTypes,
          definitions,
          runner,
          artifacts,
          goOn: (work, job) => functionJobs.goOn(work, job),
        }),
        webhooks,
        endpoint: options.endpoint,
        identities,
        authorize,
      },
      operations,
    },
    webhooks: createWebhookDelivery({ webhooks, definitions, engine, clock }),
    start() {
      runner.start()
      jobs.offerAgain()
      jobs.expire()
      following = changes.start()
    },
    async stop() {
      await following?.stop()
      await runner.stop()
    },
  }
}
