import type {
  ActionDetail,
  FleetUpdate,
  LogUpdate,
  PipelineKey,
  PipelineRow,
  PipelineView,
} from '../../preload/contract/pipelines.ts'
import type { Known } from './known.ts'

/** What is running where, kept fresh. */
export interface Pipelines {
  /** A snapshot at once, then what changed. */
  watchFleet(signal: AbortSignal | undefined): AsyncIterable<FleetUpdate>
  /** The view as of now or of one execution: a new one on each change. While it is watched the pipeline is asked often. */
  watch(key: PipelineKey, of: string, signal: AbortSignal | undefined): AsyncIterable<PipelineView>
  action(key: PipelineKey, actionExecutionId: string): Promise<ActionDetail>
  /** Newest first, 20 at most. */
  actionHistory(key: PipelineKey, stage: string, action: string): Promise<ActionDetail[]>
  /** The action's log from its first line, until the action ended and everything was read. */
  tailLog(key: PipelineKey, actionExecutionId: string, signal: AbortSignal | undefined): AsyncIterable<LogUpdate>
  /** Asks again, before everything else: one pipeline, or all and the inventory. */
  refresh(key?: PipelineKey): { asked: number }
  /** A window is there until the signal ends it; while none is in sight everything is asked less often. */
  attend(hidden: boolean, signal: AbortSignal | undefined): AsyncIterable<Record<string, never>>
  /** Every row, by its key's text. */
  fleet(): ReadonlyMap<string, PipelineRow>
  /** What is known of one pipeline now. */
  known(key: PipelineKey): Known | undefined
  /** Asks again with a person's priority and waits for the answer. */
  refreshed(key: PipelineKey): Promise<void>
  /** Follows the accounts from now on. */
  start(): void
  stop(): void
}
