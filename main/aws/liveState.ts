import type { Revision, Transition } from '../../preload/contract/pipelines.ts'

/** What GetPipelineState tells, in the desk's words. Every member that AWS may leave out is optional. */
export interface LiveState {
  /** Of the current definition; 0 where AWS did not say. */
  version: number
  stages: LiveStage[]
}

export interface LiveStage {
  name: string
  /** Of the execution that was last inside; absent for a stage that never ran. */
  latest?: { executionId: string; status: string; type: 'STANDARD' | 'ROLLBACK' }
  /** Executions that wait before the stage, front first. */
  inbound: string[]
  transition: Transition
  actions: LiveAction[]
  conditions: { kind: 'beforeEntry' | 'onSuccess' | 'onFailure'; status: string; summary?: string }[]
  retries: number
}

/** An action's last known execution: it may belong to an older pipeline execution than the stage's. */
export interface LiveAction {
  name: string
  actionExecutionId?: string
  status?: string
  /** ISO 8601. */
  changedAt?: string
  summary?: string
  percentComplete?: number
  /** A manual approval that waits for a person: AWS says InProgress, only the token tells (fact sheet, 12.1). */
  waiting: boolean
  /** What PutApprovalResult must present. Stays in the main process. */
  token?: string
  by?: string
  externalId?: string
  externalUrl?: string
  error?: { code: string; message: string }
  revision?: Revision
  entityUrl?: string
}
