/** What was answered: the cloud has said that it is done, so that it must be so for ever. */
export interface Ledger {
  /** Ids of executions that StartPipelineExecution gave, with their pipelines. */
  started: Map<string, string>
  /** Commits that were pushed, by the pipeline that follows them. */
  pushed: Map<string, string[]>
  /** Answers to approvals, by their summary, of which there are no two. */
  approved: Map<string, { execution: string; status: 'Approved' | 'Rejected' }>
  /** Who works on which job: a worker, by the job's id. */
  jobs: Map<string, string>
  /** What workers called their work when they said it was done: no two alike. */
  shipped: Set<string>
  /** Executions that were stopped, unless they were retried afterwards. */
  stopped: Set<string>
  /** Whether a stage is open, as `pipeline/stage`. */
  gates: Map<string, boolean>
  /** Request ids of answered calls that changed something, with their operation. */
  writes: Map<string, string>
}
