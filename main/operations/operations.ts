import type {
  MissingPermission,
  OperationRecord,
  Preview,
  Request,
  RollbackCandidate,
} from '../../preload/contract/operations.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'

/** What a person does to a pipeline: guarded, recorded before it is sent, and again with its answer. */
export interface Operations {
  /** What the confirmation says. */
  preview(request: Request): Promise<Preview>
  /** Resolves with the record as it ended: a refusal is an outcome, not a throw. */
  perform(request: Request): Promise<OperationRecord>
  /** Each new or changed record with its place in the journal; `after` is the last one that the caller has seen. */
  watch(after: number | undefined, signal: AbortSignal | undefined): AsyncIterable<JournalEntry>
  /** Newest first. */
  recent(limit: number, key?: PipelineKey): OperationRecord[]
  /** Each past execution: eligible, or exactly why not. Newest first. */
  rollbackCandidates(key: PipelineKey, stage: string): Promise<RollbackCandidate[]>
  /** What a person could do to the pipeline if IAM allowed it; `anew` asks IAM again. */
  permissions(key: PipelineKey, anew: boolean): Promise<MissingPermission[]>
  /** Closes what an earlier process left open: it can't know whether AWS heard. */
  recover(): void
}

/** A record and the number of its latest change, which only grows. */
export interface JournalEntry {
  change: number
  record: OperationRecord
}
