import { randomUUID } from 'node:crypto'
import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import type { Clock } from '../../../base/clock.ts'
import { completeDeclaration } from '../../execution/declaration.ts'
import type { PipelineEvent, RetryMode, SourceRevisionOverride, Trigger } from '../../execution/model.ts'
import { planOf } from '../../execution/plan.ts'
import { type ApprovalRequest, approvalOf, refuseApproval } from '../../execution/refuse/approval.ts'
import { type OverrideRequest, refuseOverride } from '../../execution/refuse/override.ts'
import { refuseRetry } from '../../execution/refuse/retry.ts'
import { refuseRollback } from '../../execution/refuse/rollback.ts'
import { refuseStart } from '../../execution/refuse/start.ts'
import { refuseStop } from '../../execution/refuse/stop.ts'
import { gatedStage, refuseTransition, type TransitionRequest } from '../../execution/refuse/transition.ts'
import type { Runner } from '../../execution/runner.ts'
import { nothingMade, type PipelineRef } from '../../providers/provider.ts'
import type { AwsError } from '../../server/awsError.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Definitions } from './definitions.ts'
import { type SecretKeysOf, withKeptSecrets } from './secrets.ts'

export interface StartRequest {
  trigger: Trigger
  variables?: Readonly<Record<string, string>>
  overrides?: readonly SourceRevisionOverride[]
  /** Writes in the transaction that starts the execution. */
  alongside?: (executionId: string) => void
}

/** What can be done to a pipeline. What AWS would refuse is thrown in AWS's words, before anything changes. */
export interface Engine {
  /** Keeps the definition and starts the first execution. */
  create(
    account: string,
    region: string,
    declaration: PipelineDeclaration,
    tags: ReadonlyMap<string, string>,
    by: string,
  ): PipelineRef
  update(pipeline: PipelineRef, declaration: PipelineDeclaration, by: string): void
  remove(pipeline: PipelineRef): void
  start(pipeline: PipelineRef, request: StartRequest): string
  /** Starts without anybody to refuse it to: an execution too many fails, as AWS's do. */
  trigger(pipeline: PipelineRef, request: StartRequest): string
  stop(pipeline: PipelineRef, executionId: string, abandon: boolean, reason: string | undefined, by: string): void
  retry(pipeline: PipelineRef, stage: string, executionId: string, mode: RetryMode, by: string): void
  rollBack(pipeline: PipelineRef, stage: string, targetExecutionId: string, by: string): string
  closeTransition(pipeline: PipelineRef, request: TransitionRequest, reason: string, by: string): void
  openTransition(pipeline: PipelineRef, request: TransitionRequest, by: string): void
  approve(pipeline: PipelineRef, request: ApprovalRequest, answer: Answer, by: string): void
  override(pipeline: PipelineRef, request: OverrideRequest, by: string): void
  /** Tells of each definition that was created, changed or removed. */
  onDefinition(listener: (pipeline: PipelineRef) => void): void
}

export interface Answer {
  status: 'Approved' | 'Rejected'
  summary: string
}

export interface EngineOptions {
  database: CloudDatabase
  clock: Clock
  definitions: Definitions
  runner: Runner
  /** Which configuration keys are secret where a pipeline is. */
  secretsOf: (pipeline: PipelineRef) => SecretKeysOf
}

export function createEngine(options: EngineOptions): Engine {
  const { database, clock, definitions, runner } = options
  const listeners: ((pipeline: PipelineRef) => void)[] = []
  const tellOf = (pipeline: PipelineRef) => {
    for (const listener of listeners) listener(pipeline)
  }
  const unless = (refusal: AwsError | undefined) => {
    if (refusal) throw refusal
  }
  const happened = (pipeline: PipelineRef, event: PipelineEvent) => runner.dispatch(pipeline, event)

  const trigger: Engine['trigger'] = (pipeline, request) => {
    const { trigger, variables = {}, overrides = [], alongside } = request
    const executionId = randomUUID()
    runner.dispatch(pipeline, { kind: 'executionStarted', executionId, trigger, variables, overrides }, () =>
      alongside?.(executionId),
    )
    return executionId
  }
  const start: Engine['start'] = (pipeline, request) => {
    const { variables = {}, overrides = [] } = request
    unless(refuseStart(runner.state(pipeline), { variables, overrides }))
    return trigger(pipeline, request)
  }

  return {
    create(account, region, declaration, tags, by) {
      const kept = completeDeclaration(declaration, 1)
      let pipeline: PipelineRef | undefined
      try {
        return database.transaction(() => {
          const made = definitions.create(account, region, kept, by, clock.now())
          pipeline = made
          definitions.tag(made, tags)
          happened(made, { kind: 'definitionChanged', plan: planOf(kept, 1) })
          // One whose variables have no defaults can't start by itself: it is made all the same.
          const startable = !refuseStart(runner.state(made), { variables: {}, overrides: [] })
          if (startable) trigger(made, { trigger: { type: 'CreatePipeline', detail: by } })
          tellOf(made)
          return made
        })
      } catch (error) {
        // The transaction took it back; nothing of it may stay in memory.
        if (pipeline) {
          runner.forget(pipeline)
          definitions.forget(pipeline)
          tellOf(pipeline)
        }
        throw error
      }
    },
    update(pipeline, declaration, by) {
      const former = definitions.current(pipeline)
      const version = former.version + 1
      const kept = completeDeclaration(
        withKeptSecrets(declaration, former.declaration, options.secretsOf(pipeline)),
        version,
      )
      runner.dispatch(pipeline, { kind: 'definitionChanged', plan: planOf(kept, version) }, () =>
        definitions.save(pipeline, version, kept, by, clock.now()),
      )
      tellOf(pipeline)
    },
    remove(pipeline) {
      runner.forget(pipeline)
      definitions.remove(pipeline)
      tellOf(pipeline)
    },
    start,
    trigger,
    stop(pipeline, executionId, abandon, reason, by) {
      unless(refuseStop(runner.state(pipeline), { executionId, abandon }))
      happened(pipeline, { kind: 'stopRequested', executionId, abandon, reason, by })
    },
    retry(pipeline, stage, executionId, mode, by) {
      unless(refuseRetry(runner.state(pipeline), { stage, executionId, mode }))
      happened(pipeline, { kind: 'stageRetried', executionId, stage, mode, by })
    },
    rollBack(pipeline, stage, targetExecutionId, by) {
      const past = runner.history.execution(pipeline.id, targetExecutionId)?.execution
      const facts = past && {
        type: past.type,
        version: past.version,
        succeededInStage: runner.history.succeededIn(pipeline.id, stage, targetExecutionId),
      }
      unless(refuseRollback(runner.state(pipeline), { stage, targetExecutionId }, facts))
      const target = runner.history.rollbackTarget(pipeline.id, targetExecutionId)
      if (!target) throw new Error(`Execution ${targetExecutionId} has left the history`)
      const executionId = randomUUID()
      happened(pipeline, {
        kind: 'rollbackStarted',
        executionId,
        stage,
        target,
        trigger: { type: 'ManualRollback', detail: by },
      })
      return executionId
    },
    closeTransition(pipeline, request, reason, by) {
      unless(refuseTransition(runner.state(pipeline), request))
      const stage = gatedStage(runner.state(pipeline), request)
      if (stage !== undefined) happened(pipeline, { kind: 'transitionDisabled', stage, reason, by })
    },
    openTransition(pipeline, request, by) {
      unless(refuseTransition(runner.state(pipeline), request))
      const stage = gatedStage(runner.state(pipeline), request)
      if (stage !== undefined) happened(pipeline, { kind: 'transitionEnabled', stage, by })
    },
    approve(pipeline, request, { status, summary }, by) {
      unless(refuseApproval(runner.state(pipeline), request))
      const attempt = approvalOf(runner.state(pipeline), request)
      if (!attempt) throw new Error(`The approval of ${request.action} has left the state`)
      const actionExecutionId = attempt.id
      if (status === 'Approved') {
        happened(pipeline, { kind: 'actionSucceeded', actionExecutionId, result: nothingMade, by, summary })
      } else {
        // UNCONFIRMED: the code of a rejected approval.
        const error = { code: 'JobFailed', message: summary === '' ? 'Rejected' : summary }
        happened(pipeline, { kind: 'actionFailed', actionExecutionId, error, by, summary })
      }
    },
    override(pipeline, request, by) {
      unless(refuseOverride(runner.state(pipeline), request))
      happened(pipeline, { kind: 'conditionOverridden', ...request, by })
    },
    onDefinition: listener => void listeners.push(listener),
  }
}
