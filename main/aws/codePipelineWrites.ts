import {
  DisableStageTransitionCommand,
  EnableStageTransitionCommand,
  OverrideStageConditionCommand,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
  RollbackStageCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Ask } from './ask.ts'
import type { ClientOf } from './clients.ts'
import type { Door } from './door.ts'

/** What AWS answered to a write. */
export interface Written {
  executionId?: string
  requestId?: string
}

/** What changes a pipeline. Each call is made once: only a throttled one is sent again. */
export interface CodePipelineWrites {
  decide(
    key: PipelineKey,
    decision: { stage: string; action: string; token: string; status: 'Approved' | 'Rejected'; summary: string },
    ask: Ask,
  ): Promise<Written>
  retry(
    key: PipelineKey,
    stage: string,
    executionId: string,
    mode: 'FAILED_ACTIONS' | 'ALL_ACTIONS',
    ask: Ask,
  ): Promise<Written>
  /** `token` makes a repeated request start nothing more. */
  start(
    key: PipelineKey,
    variables: readonly { name: string; value: string }[],
    token: string,
    ask: Ask,
  ): Promise<Written>
  stop(key: PipelineKey, executionId: string, abandon: boolean, reason: string, ask: Ask): Promise<Written>
  closeTransition(key: PipelineKey, stage: string, reason: string, ask: Ask): Promise<Written>
  openTransition(key: PipelineKey, stage: string, ask: Ask): Promise<Written>
  rollback(key: PipelineKey, stage: string, targetExecutionId: string, ask: Ask): Promise<Written>
  overrideCondition(
    key: PipelineKey,
    stage: string,
    executionId: string,
    condition: 'beforeEntry' | 'onSuccess',
    ask: Ask,
  ): Promise<Written>
}

interface Answer {
  pipelineExecutionId?: string | undefined
  $metadata: { requestId?: string | undefined }
}

export function codePipelineWrites(door: Door): CodePipelineWrites {
  const write = async (
    key: PipelineKey,
    name: string,
    place: { stage?: string; action?: string },
    send: (client: ClientOf<'codepipeline'>) => Promise<Answer>,
    ask: Ask,
  ): Promise<Written> => {
    const answer = await door(
      key,
      { service: 'codepipeline', name, place: { pipeline: key.name, ...place }, send },
      ask,
    )
    const { pipelineExecutionId: executionId, $metadata } = answer
    return {
      ...(executionId !== undefined && { executionId }),
      ...($metadata.requestId !== undefined && { requestId: $metadata.requestId }),
    }
  }
  return {
    decide: (key, { stage, action, token, status, summary }, ask) =>
      write(
        key,
        'PutApprovalResult',
        { stage, action },
        client =>
          client.send(
            new PutApprovalResultCommand({
              pipelineName: key.name,
              stageName: stage,
              actionName: action,
              token,
              result: { status, summary },
            }),
          ),
        ask,
      ),
    retry: (key, stage, executionId, mode, ask) =>
      write(
        key,
        'RetryStageExecution',
        { stage },
        client =>
          client.send(
            new RetryStageExecutionCommand({
              pipelineName: key.name,
              stageName: stage,
              pipelineExecutionId: executionId,
              retryMode: mode,
            }),
          ),
        ask,
      ),
    start: (key, variables, token, ask) =>
      write(
        key,
        'StartPipelineExecution',
        {},
        client =>
          client.send(
            new StartPipelineExecutionCommand({
              name: key.name,
              clientRequestToken: token,
              // AWS wants one at least where the member is there.
              ...(variables.length > 0 && { variables: [...variables] }),
            }),
          ),
        ask,
      ),
    stop: (key, executionId, abandon, reason, ask) =>
      write(
        key,
        'StopPipelineExecution',
        {},
        client =>
          client.send(
            new StopPipelineExecutionCommand({
              pipelineName: key.name,
              pipelineExecutionId: executionId,
              abandon,
              ...(reason !== '' && { reason }),
            }),
          ),
        ask,
      ),
    closeTransition: (key, stage, reason, ask) =>
      write(
        key,
        'DisableStageTransition',
        { stage },
        client =>
          client.send(
            new DisableStageTransitionCommand({
              pipelineName: key.name,
              stageName: stage,
              transitionType: 'Inbound',
              reason,
            }),
          ),
        ask,
      ),
    openTransition: (key, stage, ask) =>
      write(
        key,
        'EnableStageTransition',
        { stage },
        client =>
          client.send(
            new EnableStageTransitionCommand({ pipelineName: key.name, stageName: stage, transitionType: 'Inbound' }),
          ),
        ask,
      ),
    rollback: (key, stage, targetExecutionId, ask) =>
      write(
        key,
        'RollbackStage',
        { stage },
        client =>
          client.send(
            new RollbackStageCommand({
              pipelineName: key.name,
              stageName: stage,
              targetPipelineExecutionId: targetExecutionId,
            }),
          ),
        ask,
      ),
    overrideCondition: (key, stage, executionId, condition, ask) =>
      write(
        key,
        'OverrideStageCondition',
        { stage },
        client =>
          client.send(
            new OverrideStageConditionCommand({
              pipelineName: key.name,
              stageName: stage,
              pipelineExecutionId: executionId,
              conditionType: condition === 'beforeEntry' ? 'BEFORE_ENTRY' : 'ON_SUCCESS',
            }),
          ),
        ask,
      ),
  }
}
