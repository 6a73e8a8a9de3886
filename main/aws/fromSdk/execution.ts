import type { PipelineExecutionSummary } from '@aws-sdk/client-codepipeline'
import type { ExecutionSummary } from '../../../preload/contract/pipelines.ts'
import { instantOr, isSample, present, stateOf, summaryText } from './parts.ts'

/** One item of ListPipelineExecutions; undefined where it has no id. */
export function executionOf(summary: PipelineExecutionSummary): ExecutionSummary | undefined {
  const { pipelineExecutionId: id, trigger } = summary
  if (id === undefined) return undefined
  return {
    id,
    state: stateOf(summary.status),
    status: summary.status ?? '',
    type: summary.executionType ?? 'STANDARD',
    startedAt: instantOr(summary.startTime, summary.lastUpdateTime),
    updatedAt: instantOr(summary.lastUpdateTime, summary.startTime),
    revisions: (summary.sourceRevisions ?? []).map(revision => ({
      actionName: revision.actionName ?? '',
      id: revision.revisionId ?? '',
      ...present({ summary: summaryText(revision.revisionSummary), url: revision.revisionUrl }),
    })),
    sample: isSample(summary.statusSummary),
    ...present({
      mode: summary.executionMode,
      stopReason: summary.stopTrigger?.reason,
      rollbackTarget: summary.rollbackMetadata?.rollbackTargetPipelineExecutionId,
      trigger:
        trigger?.triggerType === undefined
          ? undefined
          : { type: trigger.triggerType, ...present({ detail: trigger.triggerDetail }) },
    }),
  }
}
