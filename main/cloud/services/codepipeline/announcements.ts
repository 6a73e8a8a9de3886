import type { Millis } from '../../../base/clock.ts'
import type { CloudEvent } from '../../events.ts'
import { findAction } from '../../execution/lookup.ts'
import type {
  ActionExecution,
  Announcement,
  Artifact,
  Execution,
  StateChange,
  Step,
  Trigger,
} from '../../execution/model.ts'
import { own } from '../../execution/records.ts'
import { type PipelineRef, pipelineArn } from '../../providers/provider.ts'
import { present } from './present.ts'

/** A state change in EventBridge's form (fact sheet, section 9). Pure. */
export function describeChange(
  pipeline: PipelineRef,
  { change, attempt }: Announcement,
  next: Step,
  at: Millis,
): CloudEvent {
  const execution =
    next.changed.executions.find(({ id }) => id === change.executionId) ??
    own(next.state.executions, change.executionId)
  return {
    source: 'aws.codepipeline',
    'detail-type': `CodePipeline ${change.level} Execution State Change`,
    account: pipeline.account,
    region: pipeline.region,
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    resources: [pipelineArn(pipeline)],
    detail: {
      pipeline: pipeline.name,
      'execution-id': change.executionId,
      ...('stage' in change && { stage: change.stage }),
      state: change.state,
      version: execution?.version ?? next.state.version,
      'pipeline-execution-attempt': attempt,
      ...(execution && details(change, execution, pipeline, next)),
    },
  }
}

function details(
  change: StateChange,
  execution: Execution,
  pipeline: PipelineRef,
  next: Step,
): Record<string, unknown> {
  switch (change.level) {
    case 'Pipeline':
      return {
        'start-time': instant(execution.startedAt),
        ...(change.state === 'STARTED' && {
          'execution-trigger': triggerOf(execution.trigger),
        }),
        ...(change.state === 'STOPPING' &&
          execution.stop?.reason !== undefined && { 'stop-execution-comments': execution.stop.reason }),
      }
    case 'Stage': {
      const passage = own(execution.stages, change.stage)
      return {
        'start-time': instant(passage?.startedAt ?? execution.startedAt),
        ...(passage?.latestRetryAt !== undefined && {
          'stage-last-retry-attempt-time': instant(passage.latestRetryAt),
        }),
      }
    }
    case 'Action': {
      const attempt =
        next.changed.actions.find(({ id }) => id === change.actionExecutionId) ??
        findAction(next.state, change.actionExecutionId)?.attempt
      return {
        action: change.action,
        'action-execution-id': change.actionExecutionId,
        region: pipeline.region,
        ...(attempt && actionDetails(attempt, execution, next.plans)),
      }
    }
  }
}

/** What was pushed takes the place of the trigger's type and detail. UNCONFIRMED: `author-id` is the author's name. */
function triggerOf({ type, detail, push }: Trigger): Record<string, string> {
  if (!push) return { 'trigger-type': type, 'trigger-detail': detail }
  const { author } = push
  return present<Record<string, string>>({
    'author-display-name': author.name,
    'author-email': author.email,
    'author-id': author.name,
    'author-date': new Date(author.at).toISOString().replace(/\.\d+Z$/, 'Z'),
    'full-repository-name': push.repository,
    'provider-type': push.provider,
    'commit-message': push.message,
    'commit-id': push.commitId,
    'connection-arn': push.connectionArn,
    ...(push.branch !== undefined && { 'branch-name': push.branch }),
    ...(push.tag !== undefined && { 'tag-name': push.tag }),
  })
}

function actionDetails(attempt: ActionExecution, execution: Execution, plans: Step['plans']): Record<string, unknown> {
  const plan = plans[execution.version]?.stages
    .find(({ name }) => name === attempt.stage)
    ?.actions.find(({ name }) => name === attempt.action)
  const { report, error, result } = attempt
  const outcome = present({
    'external-execution-id': report.externalExecutionId,
    'external-execution-summary': report.summary ?? error?.message,
    'external-execution-url': report.externalExecutionUrl,
    'error-code': error?.code,
  })
  return {
    'start-time': instant(attempt.startedAt),
    ...(plan && { type: { ...plan.type } }),
    ...(plan?.region !== undefined && { region: plan.region }),
    ...(Object.keys(outcome).length > 0 && { 'execution-result': outcome }),
    'input-artifacts': attempt.inputArtifacts.map(artifact),
    ...(attempt.status === 'Succeeded' && { 'output-artifacts': (result?.artifacts ?? []).map(artifact) }),
  }
}

const artifact = ({ name, bucket, key }: Artifact) => ({ name, s3location: { bucket, key } })
const instant = (at: Millis) => new Date(at).toISOString()
