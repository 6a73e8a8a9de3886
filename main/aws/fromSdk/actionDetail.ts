import type { ActionExecutionDetail, ActionTypeId, ArtifactDetail } from '@aws-sdk/client-codepipeline'
import type { ActionDetail, PipelineKey } from '../../../preload/contract/pipelines.ts'
import { errorOf, instantOr, isSample, present, stateOf } from './parts.ts'

/** One item of ListActionExecutions; undefined where it has no id. An approval that is in progress waits for a person. */
export function actionDetailOf(key: PipelineKey, detail: ActionExecutionDetail): ActionDetail | undefined {
  const { actionExecutionId, pipelineExecutionId, input, output } = detail
  if (actionExecutionId === undefined || pipelineExecutionId === undefined) return undefined
  const external = output?.executionResult
  const waits = detail.status === 'InProgress' && input?.actionTypeId?.category === 'Approval'
  return {
    key,
    stage: detail.stageName ?? '',
    action: detail.actionName ?? '',
    actionExecutionId,
    executionId: pipelineExecutionId,
    state: waits ? 'waiting' : stateOf(detail.status),
    startedAt: instantOr(detail.startTime, detail.lastUpdateTime),
    updatedAt: instantOr(detail.lastUpdateTime, detail.startTime),
    configuration: input?.configuration ?? {},
    resolvedConfiguration: input?.resolvedConfiguration ?? input?.configuration ?? {},
    inputArtifacts: (input?.inputArtifacts ?? []).map(artifactOf),
    outputArtifacts: (output?.outputArtifacts ?? []).map(artifactOf),
    outputVariables: output?.outputVariables ?? {},
    sample: isSample(external?.externalExecutionSummary),
    ...present({
      version: detail.pipelineVersion,
      type: input?.actionTypeId && typeOf(input.actionTypeId),
      by: detail.updatedBy,
      roleArn: input?.roleArn,
      region: input?.region,
      // Where an approval waits AWS gives its token here; it stays in the main process (`approvalToken`).
      externalId: waits ? undefined : external?.externalExecutionId,
      externalUrl: external?.externalExecutionUrl,
      externalSummary: external?.externalExecutionSummary,
      error: errorOf(external?.errorDetails),
    }),
  }
}

/** The token of a waiting approval; the only place to find it for a PARALLEL pipeline (fact sheet, 12.1). */
export function approvalToken(detail: ActionExecutionDetail): string | undefined {
  return detail.status === 'InProgress' && detail.input?.actionTypeId?.category === 'Approval'
    ? detail.output?.executionResult?.externalExecutionId
    : undefined
}

const typeOf = ({ category, owner, provider }: ActionTypeId) => ({
  category: category ?? 'Invoke',
  owner: owner ?? 'AWS',
  provider: provider ?? '',
})

const artifactOf = ({ name, s3location }: ArtifactDetail) => ({
  name: name ?? '',
  ...present({ bucket: s3location?.bucket, key: s3location?.key }),
})
