import type { ActionState, GetPipelineStateOutput, StageState } from '@aws-sdk/client-codepipeline'
import type { LiveAction, LiveStage, LiveState } from '../liveState.ts'
import { errorOf, instant, present, summaryText } from './parts.ts'

export function liveStateOf(output: GetPipelineStateOutput): LiveState {
  return {
    version: output.pipelineVersion ?? 0,
    stages: (output.stageStates ?? []).map(stageOf),
  }
}

function stageOf(stage: StageState): LiveStage {
  const { latestExecution: latest, inboundTransitionState: gate } = stage
  const inbound = stage.inboundExecutions ?? (stage.inboundExecution ? [stage.inboundExecution] : [])
  const conditions = [
    ['beforeEntry', stage.beforeEntryConditionState],
    ['onSuccess', stage.onSuccessConditionState],
    ['onFailure', stage.onFailureConditionState],
  ] as const
  return {
    name: stage.stageName ?? '',
    ...(latest?.pipelineExecutionId !== undefined && {
      latest: {
        executionId: latest.pipelineExecutionId,
        status: latest.status ?? '',
        type: latest.type ?? 'STANDARD',
      },
    }),
    inbound: inbound.flatMap(({ pipelineExecutionId }) => pipelineExecutionId ?? []),
    transition:
      gate?.enabled === false
        ? {
            open: false,
            reason: gate.disabledReason ?? '',
            ...present({ by: gate.lastChangedBy, at: instant(gate.lastChangedAt) }),
          }
        : { open: true },
    actions: (stage.actionStates ?? []).map(actionOf),
    conditions: conditions.flatMap(([kind, state]) =>
      state?.latestExecution?.status === undefined
        ? []
        : [{ kind, status: state.latestExecution.status, ...present({ summary: state.latestExecution.summary }) }],
    ),
    retries:
      (stage.retryStageMetadata?.autoStageRetryAttempt ?? 0) + (stage.retryStageMetadata?.manualStageRetryAttempt ?? 0),
  }
}

function actionOf(action: ActionState): LiveAction {
  const { latestExecution: latest, currentRevision, revisionUrl, entityUrl } = action
  const error = errorOf(latest?.errorDetails)
  return {
    name: action.actionName ?? '',
    waiting: latest?.status === 'InProgress' && latest.token !== undefined,
    ...present({
      actionExecutionId: latest?.actionExecutionId,
      status: latest?.status,
      changedAt: instant(latest?.lastStatusChange),
      summary: summaryText(latest?.summary),
      percentComplete: latest?.percentComplete,
      token: latest?.token,
      by: latest?.lastUpdatedBy,
      externalId: latest?.externalExecutionId,
      externalUrl: latest?.externalExecutionUrl,
      error,
      entityUrl,
      revision:
        currentRevision?.revisionId === undefined
          ? undefined
          : {
              actionName: action.actionName ?? '',
              id: currentRevision.revisionId,
              ...present({ url: revisionUrl, summary: summaryText(latest?.summary) }),
            },
    }),
  }
}
