import type {
  ActionState,
  ConditionState,
  GetPipelineStateOutput,
  StageConditionState,
  StageExecution as StageExecutionOutput,
  StageState as StageStateOutput,
  TransitionState,
} from '@aws-sdk/client-codepipeline'
import type {
  ActionExecution,
  ActionPlan,
  ConditionExecution,
  PipelineState,
  RuleExecution,
  StagePlan,
  StageState,
  Transition,
} from '../../execution/model.ts'
import { own } from '../../execution/records.ts'
import type { PipelineEntry } from './definitions.ts'
import type { LinksOf } from './links.ts'
import { present } from './present.ts'

/** GetPipelineState of what the machine holds (fact sheet, section 3.10). Pure; it has to be quick. */
export function stateView(entry: PipelineEntry, state: PipelineState, linksOf: LinksOf): GetPipelineStateOutput {
  const stages = state.plans[state.version]?.stages ?? []
  return {
    pipelineName: entry.pipeline.name,
    pipelineVersion: entry.version,
    stageStates: stages.map(plan => stageView(plan, own(state.stages, plan.name), state, linksOf)),
    created: new Date(entry.created),
    updated: new Date(entry.updated),
  }
}

function stageView(
  plan: StagePlan,
  stage: StageState | undefined,
  state: PipelineState,
  linksOf: LinksOf,
): StageStateOutput {
  const inbound = (stage?.inbound ?? []).flatMap((id): StageExecutionOutput[] => {
    const waiting = own(state.executions, id)
    return waiting ? [{ pipelineExecutionId: id, status: 'InProgress' }] : []
  })
  const latest = stage?.latest === undefined ? undefined : own(state.executions, stage.latest)
  const passage = latest && own(latest.stages, plan.name)
  return present<StageStateOutput>({
    stageName: plan.name,
    inboundExecution: inbound[0],
    inboundExecutions: inbound.length > 0 ? inbound : undefined,
    inboundTransitionState: transitionView(stage?.inboundTransition ?? { enabled: true }),
    actionStates: plan.actions.map(action => actionView(action, stage && own(stage.actions, action.name), linksOf)),
    latestExecution:
      latest && passage ? { pipelineExecutionId: latest.id, status: passage.status, type: latest.type } : undefined,
    beforeEntryConditionState: conditionView(passage?.conditions.beforeEntry),
    onSuccessConditionState: conditionView(passage?.conditions.onSuccess),
    onFailureConditionState: conditionView(passage?.conditions.onFailure),
    retryStageMetadata: passage?.latestRetry && {
      autoStageRetryAttempt: passage.autoRetries,
      manualStageRetryAttempt: passage.manualRetries,
      latestRetryTrigger: passage.latestRetry,
    },
  })
}

function transitionView(transition: Transition): TransitionState {
  if (!transition.enabled) {
    const { by, at, reason } = transition
    return { enabled: false, lastChangedBy: by, lastChangedAt: new Date(at), disabledReason: reason }
  }
  const { by, at } = transition
  return present<TransitionState>({
    enabled: true,
    lastChangedBy: by,
    lastChangedAt: at === undefined ? undefined : new Date(at),
  })
}

function actionView(plan: ActionPlan, attempt: ActionExecution | undefined, linksOf: LinksOf): ActionState {
  const links = linksOf(plan)
  const revision = attempt?.result?.revision
  return present<ActionState>({
    actionName: plan.name,
    // AWS itself leaves `created` and `revisionChangeId` out (fact sheet, section 13).
    currentRevision: revision && ({ revisionId: revision.revisionId } as ActionState['currentRevision']),
    latestExecution: attempt && attemptView(attempt),
    entityUrl: links.entity,
    revisionUrl: revision?.revisionUrl ?? links.revision,
  })
}

/** A report on the way changes no status. */
const statusChange = ({
  status,
  startedAt,
  updatedAt,
}: Pick<ActionExecution, 'startedAt' | 'updatedAt'> & { status: string }) =>
  new Date(status === 'InProgress' ? startedAt : updatedAt)

function attemptView(attempt: ActionExecution): NonNullable<ActionState['latestExecution']> {
  const { report, error } = attempt
  return present<NonNullable<ActionState['latestExecution']>>({
    actionExecutionId: attempt.id,
    status: attempt.status,
    summary: report.summary ?? error?.message,
    lastStatusChange: statusChange(attempt),
    token: attempt.status === 'InProgress' ? attempt.token : undefined,
    lastUpdatedBy: attempt.updatedBy,
    externalExecutionId: report.externalExecutionId,
    externalExecutionUrl: report.externalExecutionUrl,
    logStreamARN: report.logStreamArn,
    percentComplete: report.percentComplete,
    errorDetails: error && { code: error.code, message: error.message },
  })
}

function conditionView(condition: ConditionExecution | undefined): StageConditionState | undefined {
  if (!condition) return undefined
  const { status, summary, updatedAt } = condition
  return {
    latestExecution: present({ status, summary }),
    conditionStates: [
      {
        latestExecution: present<NonNullable<ConditionState['latestExecution']>>({
          status,
          summary,
          lastStatusChange: new Date(updatedAt),
        }),
        ruleStates: condition.rules.map(rule => ({ ruleName: rule.rule, latestExecution: ruleView(rule) })),
      },
    ],
  }
}

const ruleView = ({ id, status, startedAt, updatedAt, report, error }: RuleExecution) =>
  present({
    ruleExecutionId: id,
    status,
    summary: report.summary ?? error?.message,
    lastStatusChange: statusChange({ status, startedAt, updatedAt }),
    externalExecutionId: report.externalExecutionId,
    externalExecutionUrl: report.externalExecutionUrl,
    errorDetails: error && { code: error.code, message: error.message },
  })
