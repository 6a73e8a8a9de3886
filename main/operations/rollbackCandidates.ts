import type { RollbackCandidate } from '../../preload/contract/operations.ts'
import type { ExecutionSummary } from '../../preload/contract/pipelines.ts'

export interface RollbackEvidence {
  executions: readonly ExecutionSummary[]
  /** Those that succeeded in the stage under the current definition version, as AWS filters them. */
  succeeded: ReadonlySet<string>
  /** The execution that is in the stage now. */
  current: string | undefined
  stage: string
  /** The pipeline's current version, and that of each execution where it is known. */
  version: number
  versionOf: (executionId: string) => number | undefined
}

/** Each past execution: eligible for a rollback of the stage, or exactly why not (fact sheet, 3.3). Pure. */
export function rollbackCandidates(evidence: RollbackEvidence): RollbackCandidate[] {
  return evidence.executions.map(execution => {
    const why = reason(execution, evidence)
    return {
      executionId: execution.id,
      startedAt: execution.startedAt,
      revisions: execution.revisions.map(({ actionName, id, summary }) => ({
        actionName,
        id,
        ...(summary !== undefined && { summary }),
      })),
      eligible: why === undefined,
      current: execution.id === evidence.current,
      ...(why !== undefined && { why }),
    }
  })
}

function reason(
  execution: ExecutionSummary,
  { succeeded, current, stage, version, versionOf }: RollbackEvidence,
): string | undefined {
  const was = execution.version ?? versionOf(execution.id)
  if (execution.id === current) return `It is what ${stage} has now.`
  if (execution.sample) return 'It is sample data, made in simulated time: it left nothing to go back to.'
  if (execution.type === 'ROLLBACK') return 'It is a rollback itself; choose the execution that it went back to.'
  if (was !== undefined && was !== version) {
    return `It ran version ${was} of the pipeline; only executions of the current version ${version} can be rolled back to.`
  }
  if (succeeded.has(execution.id)) return undefined
  if (execution.state === 'running' || execution.state === 'waiting') return `It has not succeeded in ${stage} yet.`
  return `It did not succeed in ${stage} under the current version.`
}
