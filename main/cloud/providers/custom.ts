import type { Artifacts } from './artifacts.ts'
import type { ActionJob, Provider } from './provider.ts'

/** Where the jobs of custom actions wait for their workers. */
export interface JobQueue {
  /** Offers a job for an attempt that has none yet. Throws an `ActionFailure` where no worker could ever take it. */
  offer(job: ActionJob): void
  /** Nobody waits for what a worker makes of an attempt any more. */
  timeOut(job: Pick<ActionJob, 'pipeline' | 'attempt'>): void
}

/** Any category, owner Custom: a job for a worker outside, which polls for it and says how it ended. */
export function customAction({ artifacts, jobs }: { artifacts: Artifacts; jobs: JobQueue }): Provider {
  return {
    async start(job) {
      // Its worker gets credentials of this role: where there are none to be had the action fails at once.
      artifacts.identity(job)
      jobs.offer(job)
      return { kind: 'pending' }
    },
    async release(job) {
      jobs.timeOut(job)
    },
  }
}
