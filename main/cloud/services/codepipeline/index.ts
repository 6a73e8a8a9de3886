import type { Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import { createRunner } from '../../execution/runner.ts'
import { migrations } from '../../execution/schema.ts'
import { createArtifacts } from '../../providers/artifacts.ts'
import { createProviders } from '../../providers/registry.ts'
import { createRuleProviders } from '../../providers/rules.ts'
import type { Authorize, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { PipelineBuilds } from '../codebuild/pipelineBuilds.ts'
import type { Repositories } from '../codecommit/repositories.ts'
import type { Identities } from '../iam/identities.ts'
import type { Objects } from '../s3/objects.ts'
import { describeChange } from './announcements.ts'
import { createChangeDetection } from './changeDetection.ts'
import { createPipeline } from './createPipeline.ts'
import { createDefinitions } from './definitions.ts'
import { deletePipeline } from './deletePipeline.ts'
import { disableStageTransition } from './disableStageTransition.ts'
import { enableStageTransition } from './enableStageTransition.ts'
import { createEngine } from './engine.ts'
import { getPipeline } from './getPipeline.ts'
import { getPipelineExecution } from './getPipelineExecution.ts'
import { getPipelineState } from './getPipelineState.ts'
import type { CodePipeline } from './lends.ts'
import { listActionExecutions } from './listActionExecutions.ts'
import { listActionTypes } from './listActionTypes.ts'
import { listPipelineExecutions } from './listPipelineExecutions.ts'
import { listPipelines } from './listPipelines.ts'
import { listRuleExecutions } from './listRuleExecutions.ts'
import { listRuleTypes } from './listRuleTypes.ts'
import { listTagsForResource } from './listTagsForResource.ts'
import { listWebhooks } from './listWebhooks.ts'
import { overrideStageCondition } from './overrideStageCondition.ts'
import { createPageTokens } from './pageTokens.ts'
import { putActionRevision } from './putActionRevision.ts'
import { putApprovalResult } from './putApprovalResult.ts'
import { retryStageExecution } from './retryStageExecution.ts'
import { rollbackStage } from './rollbackStage.ts'
import { createSeenRevisions } from './seenRevisions.ts'
import { startPipelineExecution } from './startPipelineExecution.ts'
import { createStartTokens } from './startTokens.ts'
import { stopPipelineExecution } from './stopPipelineExecution.ts'
import { tagResource } from './tagResource.ts'
import { untagResource } from './untagResource.ts'
import { updatePipeline } from './updatePipeline.ts'

const operations = {
  CreatePipeline: createPipeline,
  DeletePipeline: deletePipeline,
  DisableStageTransition: disableStageTransition,
  EnableStageTransition: enableStageTransition,
  GetPipeline: getPipeline,
  GetPipelineExecution: getPipelineExecution,
  GetPipelineState: getPipelineState,
  ListActionExecutions: listActionExecutions,
  ListActionTypes: listActionTypes,
  ListPipelineExecutions: listPipelineExecutions,
  ListPipelines: listPipelines,
  ListRuleExecutions: listRuleExecutions,
  ListRuleTypes: listRuleTypes,
  ListTagsForResource: listTagsForResource,
  ListWebhooks: listWebhooks,
  OverrideStageCondition: overrideStageCondition,
  PutActionRevision: putActionRevision,
  PutApprovalResult: putApprovalResult,
  RetryStageExecution: retryStageExecution,
  RollbackStage: rollbackStage,
  StartPipelineExecution: startPipelineExecution,
  StopPipelineExecution: stopPipelineExecution,
  TagResource: tagResource,
  UntagResource: untagResource,
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
  /** Told of what went wrong with nobody there to be answered. */
  onError: (error: unknown, what: string) => void
}

/** CodePipeline: its operations, and the engine that runs pipelines between `start` and `stop`. */
export function createCodePipeline(options: CodePipelineOptions): {
  service: Service<CodePipeline>
  /** Takes up what a former process left, and follows sources from now on. */
  start(): void
  stop(): Promise<void>
} {
  const { database, clock, bus, identities, authorize, objects, onError } = options
  database.migrate('codepipeline', migrations)
  const definitions = createDefinitions(database)
  const artifacts = createArtifacts({
    identities,
    objects,
    store(pipeline, version, region) {
      const declaration = definitions.version(pipeline, version)?.declaration
      if (declaration?.artifactStores) return declaration.artifactStores[region]?.location
      return region === pipeline.region ? declaration?.artifactStore?.location : undefined
    },
  })
  const runner = createRunner({
    database,
    clock,
    providers: createProviders({ ...options, artifacts }),
    rules: createRuleProviders(),
    find: definitions.byId,
    describe: describeChange,
    publish: event => bus.publish(event),
    onError,
  })
  const engine = createEngine({ database, clock, definitions, runner })
  const changes = createChangeDetection({
    ...options,
    definitions,
    engine,
    runner,
    seen: createSeenRevisions(database),
  })
  let following: { stop(): Promise<void> } | undefined
  return {
    service: {
      name: 'codepipeline',
      lends: {
        clock,
        definitions,
        engine,
        runner,
        pageTokens: createPageTokens(database),
        startTokens: createStartTokens(database),
        identities,
        authorize,
      },
      operations,
    },
    start() {
      runner.start()
      following = changes.start()
    },
    async stop() {
      await following?.stop()
      await runner.stop()
    },
  }
}
