import type {
  ArtifactRevision,
  PipelineDeclaration,
  PipelineExecution,
  PipelineExecutionSummary,
  SourceRevision as SourceRevisionOutput,
} from '@aws-sdk/client-codepipeline'
import { type ExecutionRow, type PastExecution, sampleNote } from '../../execution/history.ts'
import { present } from './present.ts'

const shared = ({ execution, sample }: ExecutionRow) => ({
  pipelineExecutionId: execution.id,
  status: execution.status,
  statusSummary: execution.statusSummary ?? (sample ? sampleNote : undefined),
  trigger: { triggerType: execution.trigger.type, triggerDetail: execution.trigger.detail },
  executionMode: execution.mode,
  executionType: execution.type,
  rollbackMetadata:
    execution.rollbackTarget === undefined
      ? undefined
      : { rollbackTargetPipelineExecutionId: execution.rollbackTarget },
})

/** An execution as GetPipelineExecution gives it: without times and stop reason, which only the list has. */
export function executionView(
  pipelineName: string,
  row: ExecutionRow,
  declaration: PipelineDeclaration | undefined,
): PipelineExecution {
  const { execution } = row
  const declared = (declaration?.variables ?? []).map(({ name = '' }) => name)
  // In the order of their declaration, as far as that still tells.
  const variables = Object.entries(execution.variables).sort(
    ([one], [other]) => declared.indexOf(one) - declared.indexOf(other),
  )
  return present<PipelineExecution>({
    pipelineName,
    pipelineVersion: execution.version,
    ...shared(row),
    artifactRevisions: artifactRevisions(execution, declaration),
    variables: variables.length === 0 ? undefined : variables.map(([name, resolvedValue]) => ({ name, resolvedValue })),
  })
}

/** One revision for each source action, under the name of the artifact that it made. */
function artifactRevisions({ revisions }: PastExecution, declaration: PipelineDeclaration | undefined) {
  const sources = declaration?.stages?.[0]?.actions ?? []
  return revisions.map(({ actionName, revisionId, revisionSummary, revisionUrl }) =>
    present<ArtifactRevision>({
      name: sources.find(({ name }) => name === actionName)?.outputArtifacts?.[0]?.name ?? actionName,
      revisionId,
      revisionSummary,
      revisionUrl,
    }),
  )
}

/** An execution as ListPipelineExecutions gives it. */
export function executionSummary(row: ExecutionRow): PipelineExecutionSummary {
  const { execution } = row
  return present<PipelineExecutionSummary>({
    ...shared(row),
    startTime: new Date(execution.startedAt),
    lastUpdateTime: new Date(execution.updatedAt),
    sourceRevisions:
      execution.revisions.length === 0
        ? undefined
        : execution.revisions.map(revision => present<SourceRevisionOutput>({ ...revision })),
    stopTrigger: execution.stop && present({ reason: execution.stop.reason }),
  })
}
